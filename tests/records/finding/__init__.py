"""What a search asks of the tables, tried on both databases."""
