"""What the parts of the overview are made of, and how they say a number, a month, a name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from babel.dates import format_date

from app.domain.overview import Month, Overview
from app.domain.people_known import People
from app.formats.figures import amount, people_in_figures
from app.formats.overview.charts import Chart
from app.formats.spreadsheet import Cell, Table
from app.formats.wording import gettext_in, known


@dataclass(frozen=True)
class Row:
    """Cells, and by which query the list behind them is found, if there is one."""

    cells: Sequence[Cell]
    query: Mapping[str, str] | None = None


@dataclass(frozen=True)
class Part:
    """One part of the overview: a sentence first, then a chart, then its table.

    Where there is nothing yet to be the most of, the sentence is empty.
    """

    key: str
    title: str
    sentence: str
    columns: Sequence[str]
    rows: Sequence[Row]
    charts: Sequence[Chart] = field(default=())

    def table(self) -> Table:
        return Table(self.title, self.columns, [row.cells for row in self.rows])


class Said:
    """How a language says a number, a month, a name."""

    def __init__(self, language: str):
        self._language = language
        self._ = gettext_in(language)

    def _people(self, people: People) -> Cell:
        return people_in_figures(people, self._language) if people.is_rounded else people.number

    def _said(self, cell: Cell) -> str:
        return amount(cell, self._language) if isinstance(cell, int) else str(cell)

    def _listed(self, pairs: Any) -> str:
        return ", ".join(f"{name}: {self._said(number)}" for name, number in pairs) + "."

    def _month(self, month: Month) -> str:
        return format_date(month.day, "MMMM y", locale=known(self._language))

    def _ticks(self, months: Sequence[Month]) -> list[str]:
        style = "MMM yy" if len(months) > 12 else "MMM"
        return [
            format_date(one.day, style, locale=known(self._language)).replace(".", "")
            for one in months
        ]

    def _capital(self, text: str) -> str:
        return text[:1].upper() + text[1:] if text[:1] != "’" else text


class Words(Said):
    """An overview in the words of a language."""

    def __init__(self, overview: Overview, language: str):
        super().__init__(language)
        self._all = overview


def every(months: Sequence[Month], most: int) -> int:
    """Return how many months lie between two that are named, so that so many names fit at most."""
    return max(1, -(-len(months) // most))


def number_of(cell: Cell) -> int:
    return cell if isinstance(cell, int) else 0
