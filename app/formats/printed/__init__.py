"""Paper: lists and posters, set by Typst."""
