"""A row of a list while it is read, and whose list it is."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from app.domain.imported import Finding, HeldText, Problem
from app.domain.slug import slug_from
from app.formats.lists.private_text import parted
from app.formats.meeting_guide import fields
from app.formats.meeting_guide.types import AA
from app.formats.phone import COUNTRY
from app.formats.plain_text import cut

LONGEST_SLUG = 64


@dataclass(frozen=True)
class Aim:
    """Whose list it is: the program of its type codes, and the country and zone it means."""

    program: str = AA
    country: str = ""
    zone: str = ""
    today: date | None = None
    own: Mapping[str, str] = field(default_factory=dict)
    """Codes of kinds that the fellowship named, by name."""

    @cached_property
    def countries(self) -> tuple[str, ...]:
        """Whose numbers are looked for in a text."""
        return tuple(dict.fromkeys((self.country or COUNTRY, COUNTRY)))


@dataclass
class Row:
    """One row while it is read: its number, what is odd in it, and what is held back of it."""

    number: int
    row: dict[str, Any]
    aim: Aim
    source: str
    remarks: list[Finding] = field(default_factory=list)
    held: list[HeldText] = field(default_factory=list)
    counts_to_seven: bool = False
    """Some row of its list says 7 for a day."""

    @cached_property
    def name(self) -> str:
        return fields.text(self.row.get("name"))

    @cached_property
    def slug(self) -> str:
        """Its identity; without one, what its name gives, as TSML does."""
        slug = fields.text(self.row.get("slug"))
        return short_slug(slug or (slug_from(self.name) if self.name else ""))

    def find(self, field: str, problem: Problem, value: str = "") -> Finding:
        name = cut(self.public("name", self.name) or self.slug, 120)
        return Finding(self.number, name, field, problem, cut(value, 80), self.slug)

    def remark(self, field: str, problem: Problem, value: str = "") -> None:
        self.remarks.append(self.find(field, problem, value))

    def public(self, field: str, text: str) -> str:
        """Return a text without what is private in it, and keep that apart."""
        if not text:
            return text
        shown, held = parted(field, text, self.aim.countries)
        if held:
            self.held += [one for one in held if one not in self.held]
        return shown


def short_slug(slug: str) -> str:
    """Return a slug of 64 characters at most: a longer one keeps its head and a hash of it all."""
    if len(slug) <= LONGEST_SLUG:
        return slug
    return slug[: LONGEST_SLUG - 13] + "-" + hashlib.sha256(slug.encode()).hexdigest()[:12]
