"""What is of a group's own people alone: sealed, and asked for by their own pages only."""
