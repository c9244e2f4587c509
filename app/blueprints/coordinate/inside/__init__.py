"""What is of a group's own people alone, as its coordinators write and read it."""
