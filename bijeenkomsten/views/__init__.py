"""Pages about meetings: `openbaar` for everyone, `genodigde` for who is invited, `kernteam` for who plans."""
