"""How many people, as far as whoever is not of the group may know it: numbers, never names.

A group of one to four is so small that its number may betray who comes. It shows as `1–4`, and in
every total it counts as two and a half: so no total, and no difference of two totals, depends on
anything but which groups are that small.
"""

from collections.abc import Iterable
from dataclasses import dataclass

FEW = range(1, 5)
"""Counts that are told as `1–4` only."""
ROUNDED_TO = 5


@dataclass(frozen=True)
class People:
    """The people of some groups: `exact` in those whose number may be told, and `few` groups
    of one to four."""

    exact: int = 0
    few: int = 0

    @classmethod
    def of(cls, count: int) -> "People":
        """Return the people of one group."""
        return cls(few=1) if count in FEW else cls(exact=count)

    @classmethod
    def total(cls, parts: Iterable["People"]) -> "People":
        return sum(parts, cls())

    def __add__(self, other: "People") -> "People":
        return People(self.exact + other.exact, self.few + other.few)

    def __sub__(self, other: "People") -> "People":
        return People(self.exact - other.exact, self.few - other.few)

    @property
    def is_rounded(self) -> bool:
        return self.few > 0

    @property
    def is_few(self) -> bool:
        """Tell whether this is one small group and nothing else: `1–4`."""
        return self.few == 1 and self.exact == 0

    @property
    def number(self) -> int:
        """Return the number that may be told: rounded to five as soon as a small group is in it."""
        if not self.few:
            return self.exact
        doubled = 2 * self.exact + 5 * self.few
        return ROUNDED_TO * ((doubled + ROUNDED_TO) // (2 * ROUNDED_TO))
