"""What is kept in step with its cause, in the same transaction: the finder, the figures."""
