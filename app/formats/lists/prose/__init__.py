"""Prose of lists: what names, notes and addresses announce of single weeks."""
