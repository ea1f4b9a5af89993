"""What people fill in about meetings, and what is checked about it."""
