"""How the database is: its schema, its faults, what it can no longer read."""
