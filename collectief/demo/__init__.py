"""Invented data that read as real: for looking, for trying out and for measuring. Never beside real data."""
