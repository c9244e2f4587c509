"""What offices and overseers do."""
