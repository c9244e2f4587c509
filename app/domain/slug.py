"""Short names for addresses."""

import re
from collections.abc import Callable

from app.domain.unaccented import unaccented

LENGTH = 64


def slug_from(name: str) -> str:
    """Return a name as lower-case ASCII words joined by hyphens, 64 characters at most.

    Never empty: a name without any such letter gives `groep`.
    """
    joined = re.sub(r"['’]", "", name)
    dashed = re.sub(r"[\u2010-\u2015]", "-", joined)
    return re.sub(r"[^a-z0-9]+", "-", unaccented(dashed)).strip("-")[:LENGTH].strip("-") or "groep"


def free_slug(name: str, is_taken: Callable[[str], bool]) -> str:
    """Return the first of `name`, `name-2`, `name-3`, … that is not taken, 64 characters at most."""
    slug = slug_from(name)
    candidate, number = slug, 1
    while is_taken(candidate):
        number += 1
        ending = f"-{number}"
        candidate = slug[: LENGTH - len(ending)].strip("-") + ending
    return candidate
