"""Lists from elsewhere, whatever their shape: each becomes rows of Meeting Guide JSON."""
