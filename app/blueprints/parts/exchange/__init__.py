"""Pieces of pages about lists from elsewhere."""
