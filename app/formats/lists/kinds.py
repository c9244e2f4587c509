"""The kinds of lists, as an entry names where it came from."""

MEETING_GUIDE, BMLT, NAWS, CALENDAR = "meeting-guide", "bmlt", "naws", "ical"
