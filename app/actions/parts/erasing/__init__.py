"""Erasing for good: also out of what a backup would bring back."""
