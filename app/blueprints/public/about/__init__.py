"""Answers anybody about the house itself: who may come, what self-help is, who can use these pages."""
