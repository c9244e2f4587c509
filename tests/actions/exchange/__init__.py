"""What offices and groups do with lists from elsewhere."""
