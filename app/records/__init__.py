"""REMEMBERS: tables, constraints, and the questions one may ask of them."""
