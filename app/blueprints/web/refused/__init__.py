"""Sentences for refusals by subject, where one file would be too long."""
