"""What is of a group's own people alone: no page, calendar, paper or list of others holds it."""
