"""Lists from elsewhere: which of their rows are which of our groups."""
