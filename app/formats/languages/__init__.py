"""What languages say differently."""
