"""What lists announce in prose."""
