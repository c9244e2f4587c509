"""Lists from elsewhere: what was sent and not yet taken over, what was, and which texts wait."""
