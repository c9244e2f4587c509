"""Kinds of meeting: those that the house knows, and those that a fellowship names itself."""
