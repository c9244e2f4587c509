"""Keeping an installation well: what can be wrong with it."""
