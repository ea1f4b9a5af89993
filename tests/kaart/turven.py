"""What somebody who looks for a place sends along."""

BROWSER = "Mozilla/5.0 (Linux; Android 14; CUBOT NOTE 50) AppleWebKit/537.36 Chrome/140.0.0.0 Mobile Safari/537.36"
