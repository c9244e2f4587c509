"""What people decide about lists from elsewhere."""
