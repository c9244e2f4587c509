"""REMEMBERS: tables, constraints, and the questions one may ask of them."""

from importlib import import_module
from pkgutil import walk_packages

from app.records.asked import once


def attach() -> None:
    """Read every module, so that the database knows each table."""
    for module in walk_packages(__path__, f"{__name__}."):
        import_module(module.name)
    once.attach()
