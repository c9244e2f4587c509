"""What the runs of the timer are made of."""
