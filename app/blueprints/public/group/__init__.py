"""Answers anybody about one group, beside its page: following it, one evening of it."""
