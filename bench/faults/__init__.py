"""What is acknowledged is there, whatever falls over: `python -m bench.faults` (`make faults`)."""
