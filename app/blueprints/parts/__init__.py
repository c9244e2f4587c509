"""Pieces of pages that several readers share."""
