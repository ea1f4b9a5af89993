"""What a visitor asks and sends, and what to say when it is not well formed."""
