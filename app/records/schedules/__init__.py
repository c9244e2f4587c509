"""What the schedules of groups are made of, as columns: whole objects cost three times as much."""
