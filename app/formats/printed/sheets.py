"""Printed lists and posters: listings to PDF."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from app.domain.listing import Listing
from app.domain.meeting import Meeting
from app.formats.printed.entry import WEEKS_AHEAD
from app.formats.printed.poster import poster_in_words
from app.formats.printed.typesetting import set_pages
from app.formats.printed.words import Order, list_in_words

__all__ = [
    "WEEKS_AHEAD",
    "Form",
    "Order",
    "PrintedList",
    "poster_in_words",
    "write_list",
    "write_poster",
]

EDITION = 3
"""Raise it when the same listings are to give another sheet: caches hold on to the old one."""
_PAGE = re.compile(rb"/Type ?/Page\b")
_SHEET = 4
"""Pages on one sheet of a booklet."""


class Form(StrEnum):
    """How a list lies on the paper."""

    A4 = "a4"
    A5 = "a5"
    BOOKLET = "booklet"


@dataclass(frozen=True)
class PrintedList:
    """A selection, ready to be printed."""

    listings: Sequence[Listing]
    title: str
    """The selection in words: `Groepen in Utrecht, op maandag`."""
    site: str
    """Where the group pages are: `https://twaalf.example`."""
    source: str
    """The whole address where this selection is always current."""
    today: date
    language: str
    order: Order = Order.DAY
    relatives: Sequence[Listing] = ()
    """The nearest groups for family and friends."""
    kilometres: Mapping[str, int] = field(default_factory=dict)
    """Distances by slug, where they are known."""
    meetings: Sequence[Meeting] = ()
    """Where days were asked: of each listing the meeting that answers, on or not."""

    def words(self) -> dict[str, Any]:
        """Return all that will stand on the paper; two lists with the same words are the same."""
        return list_in_words(
            self.listings,
            title=self.title,
            site=self.site,
            source=self.source,
            today=self.today,
            language=self.language,
            order=self.order,
            relatives=self.relatives,
            kilometres=self.kilometres,
            meetings=self.meetings,
        )


def write_list(words: Mapping[str, Any], form: Form = Form.A4) -> bytes:
    """Return `PrintedList.words` as PDF: PDF/UA-1, but for a booklet, which cannot be tagged.

    Raises PressIsBusy.
    """
    if form is not Form.BOOKLET:
        return set_pages("list", {**words, "form": form})
    pages = set_pages("list", {**words, "form": Form.A5}, is_tagged=False)
    count = number_of_pages(pages)
    return set_pages(
        "booklet",
        {"title": words["title"], "language": words["language"], "sides": sides(count)},
        files={"pages.pdf": pages},
        is_tagged=False,
    )


def write_poster(words: Mapping[str, Any]) -> bytes:
    """Return `poster_in_words` as PDF/UA-1, one page of A4. Raises PressIsBusy."""
    return set_pages("poster", words)


def sides(pages: int) -> list[tuple[int | None, int | None]]:
    """Return which two pages, from 1, lie on each side of the sheets of a booklet; None is blank.

    Print both sides over the short edge, fold the pile in the middle: 8 and 1, 2 and 7, ...
    """
    total = -(-pages // _SHEET) * _SHEET

    def page(number: int) -> int | None:
        return number if number <= pages else None

    found = []
    for low in range(1, total // 2 + 1):
        high = total + 1 - low
        left, right = (high, low) if low % 2 else (low, high)
        found.append((page(left), page(right)))
    return found


def number_of_pages(pdf: bytes) -> int:
    """Count the pages of a PDF that Typst wrote."""
    return len(_PAGE.findall(pdf))
