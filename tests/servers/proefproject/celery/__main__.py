"""Stands in for a worker or a beat: stays until somebody asks it to stop, or until a file says it breaks."""

import sys
import time
from pathlib import Path

onderdeel = sys.argv[3]
sys.stdout.write(f"{onderdeel} is er\n")
sys.stdout.flush()
while not Path(f"stuk-{onderdeel}").exists():
    time.sleep(0.05)
sys.exit(f"{onderdeel} ging stuk")
