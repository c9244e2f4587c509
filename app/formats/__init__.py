"""TRANSLATES: domain values to bytes and back, in a given language."""
