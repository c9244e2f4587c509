"""What is asked of the tables again and again, in as few questions as it takes."""
