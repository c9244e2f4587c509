"""Short names for addresses."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from app.domain.geography.alphabet import is_of_another_script, romanized
from app.domain.refusal import Refusal

LENGTH = 64
FEWEST = 3
"""Letters: of Arabic, which writes no vowels, `ml` would be left."""


@dataclass(eq=False)
class NameInUse(Refusal):
    """Another one has this short name in its address already."""

    slug: str


def slug_from(name: str) -> str:
    """Return a name as lower-case ASCII words joined by hyphens, 64 characters at most.

    Names in another script are written in ours. Never empty: where that leaves fewer than three
    letters it is `groep`, and so is a name without any letter.
    """
    joined = re.sub(r"['’]", "", name)
    dashed = re.sub(r"[\u2010-\u2015]", "-", joined)
    slug = re.sub(r"[^a-z0-9]+", "-", romanized(dashed)).strip("-")[:LENGTH].strip("-")
    is_enough = len(slug) >= FEWEST or not any(map(is_of_another_script, dashed[:LENGTH]))
    return slug if slug and is_enough else "groep"


class FreeSlugs:
    """Gives names their addresses one after another: thousands of one name take no longer each."""

    def __init__(self, taken: set[str]):
        self._taken = taken
        self._last: dict[str, int] = {}

    def give(self, name: str) -> str:
        """Return what `free_slug` would, and take it."""
        slug = slug_from(name)
        number = self._last.get(slug, 1)
        candidate = slug
        while candidate in self._taken:
            number += 1
            ending = f"-{number}"
            candidate = slug[: LENGTH - len(ending)].strip("-") + ending
        self._last[slug] = number
        self._taken.add(candidate)
        return candidate


def free_slug(name: str, is_taken: Callable[[str], bool]) -> str:
    """Return the first of `name`, `name-2`, `name-3`, … that is not taken, 64 characters at most."""
    slug = slug_from(name)
    candidate, number = slug, 1
    while is_taken(candidate):
        number += 1
        ending = f"-{number}"
        candidate = slug[: LENGTH - len(ending)].strip("-") + ending
    return candidate
