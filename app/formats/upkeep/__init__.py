"""What the keeper of an installation reads and keeps: faults in words, sealed files."""
