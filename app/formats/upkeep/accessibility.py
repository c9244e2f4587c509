"""Reads docs/accessibility.md: each criterion of WCAG 2.2, and what is not as it should be."""

import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

PAPER = Path(__file__).resolve().parents[3] / "docs" / "accessibility.md"
MET = "yes"
NOT_HERE = "not here"
"""The criterion is about what these pages do not have."""
_ROW = re.compile(r"^\| (\d\.\d\.\d+) ([^|]+?) \| (A|AA) \| ([^|]+?) \| ([^|]+?) \|$", re.MULTILINE)
_FAULT = re.compile(r"^\| (\d\.\d\.\d+) \| ([^|]+?) \| ([^|]+?) \|$", re.MULTILINE)
_EXAMINED = re.compile(r"Examined: (\d{4}-\d{2}-\d{2})")


@dataclass(frozen=True)
class Criterion:
    number: str
    name: str
    level: str
    met: str
    how: str


@dataclass(frozen=True)
class Fault:
    """What does not meet a criterion, in both languages of the paper."""

    number: str
    words: dict[str, str]


@dataclass(frozen=True)
class Statement:
    examined: date
    criteria: tuple[Criterion, ...]
    faults: tuple[Fault, ...]

    @property
    def is_whole(self) -> bool:
        return not self.faults

    @property
    def met(self) -> int:
        return sum(one.met in (MET, NOT_HERE) for one in self.criteria)


@cache
def read_statement() -> Statement:
    """Return what the paper says. Raises ValueError when it does not say when it was examined."""
    text = PAPER.read_text("utf-8")
    examined = _EXAMINED.search(text)
    if examined is None:
        raise ValueError("docs/accessibility.md says no day")
    return Statement(
        date.fromisoformat(examined[1]),
        tuple(Criterion(*found) for found in _ROW.findall(text)),
        tuple(
            Fault(number, {"nl": dutch, "en": english})
            for number, dutch, english in _FAULT.findall(text)
        ),
    )
