"""The points of an office's work list, asked of the tables."""
