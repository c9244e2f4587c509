"""What an import of a list is made of."""
