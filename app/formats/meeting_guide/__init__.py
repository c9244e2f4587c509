"""Meeting Guide JSON, written and read."""
