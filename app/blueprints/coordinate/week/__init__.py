"""One week of a group: its page, its form, and what both show."""
