"""Short names for addresses."""

import re
import unicodedata
from collections.abc import Callable

LENGTH = 64


def slug_from(name: str) -> str:
    """Return a name as lower-case ASCII words joined by hyphens, 64 characters at most.

    Never empty: a name without any such letter gives `groep`.
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return (
        re.sub(r"[^a-z0-9]+", "-", plain.replace("'", "")).strip("-")[:LENGTH].strip("-") or "groep"
    )


def free_slug(name: str, is_taken: Callable[[str], bool]) -> str:
    """Return the first of `name`, `name-2`, `name-3`, … that is not taken."""
    slug = slug_from(name)
    candidate, number = slug, 1
    while is_taken(candidate):
        number += 1
        candidate = f"{slug}-{number}"
    return candidate
