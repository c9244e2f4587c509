"""Feeds: what their keys lead to, the stamps of their events, and the keys that are over."""
