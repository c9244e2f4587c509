"""A service of a coordinator: how it ends, passes to another, and what becomes of the own entry."""
