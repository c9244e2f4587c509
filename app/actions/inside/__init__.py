"""Deeds about what is of a group's own people alone."""
