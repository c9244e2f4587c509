"""Kinds of meeting in words and in forms."""
