"""Pages of the map: search and list, shortlist, contact, coverage, and what other sites and programs get."""
