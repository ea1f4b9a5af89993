"""The words that the demo data are made of. All of them invented; no real initiative, person or address."""
