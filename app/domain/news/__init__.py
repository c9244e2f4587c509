"""What is news to who was told something else before; nothing is that has been."""
