"""What a list brought, as the group's own people see it."""
