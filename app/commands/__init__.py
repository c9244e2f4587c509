"""COMMANDS: what the installation is told at a terminal; cli.py lists them."""
