"""What is kept beside the seats: pages that are over, and who coaches whom."""
