"""Answers programs of others: the lists of all groups in the words that each of them knows."""
