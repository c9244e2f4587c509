"""The feed: which weeks it holds, what it tells of each, and when that is newer."""
