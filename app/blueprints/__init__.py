"""ANSWERS: a file per subject, its forms on top, its views below; access.py holds the doors."""
