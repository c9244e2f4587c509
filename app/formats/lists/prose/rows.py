"""Takes what a row says aside out of its name and address, and gathers what its texts say aside."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from app.domain.exchange.asides import Aside
from app.formats.lists.prose.monthly import LABELS
from app.formats.lists.prose.reading import asides_in, taken_out
from app.formats.meeting_guide import fields


@dataclass
class Prose:
    """The asides of one row, written about `near`; without a day nothing is read."""

    near: date | None
    weekday: int
    found: list[Aside] = field(default_factory=list)

    def read(self, text: str, of: str) -> None:
        """Keep what a text says aside that its name or address did not."""
        known = {one.words for one in self.found}
        if self.near is not None:
            said = asides_in(text, of, near=self.near, weekday=self.weekday)
            self.found += [one for one in said if one.words not in known]

    def add(self, found: list[Aside]) -> None:
        """Keep what a name or address asides, once where both do."""
        known = {(one.words, one.about) for one in self.found}
        self.found += [one for one in found if (one.words, one.about) not in known]

    def with_labels(self, description: str) -> str:
        """Return a description that begins with what was taken out of name and address."""
        words = dict.fromkeys(one.words for one in self.found if one.field in LABELS)
        return "\n".join([*(one for one in words if one not in description), description]).strip()


def without_asides(row: dict[str, Any], prose: Prose) -> dict[str, Any]:
    """Return a row whose name and address say where and who, and no more."""
    if prose.near is None:
        return row
    left = dict(row)
    for key in LABELS:
        if text := fields.text(row.get(key)):
            rest, found = taken_out(text, key, near=prose.near, weekday=prose.weekday)
            if found:
                left[key] = rest
                prose.add(found)
    return left
