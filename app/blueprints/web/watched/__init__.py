"""What is watched of every answer: faults of the house, figures, what was slow."""
