"""The overview on paper: two pages for a board, what changed first, with map and charts, black on white."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from app.formats.figures import amount
from app.formats.overview import country_map
from app.formats.overview.charts import as_svg
from app.formats.overview.words import Part
from app.formats.printed.typesetting import set_pages
from app.formats.spreadsheet import Cell
from app.formats.wording import day_in_words, gettext_in, known

MOST_ROWS = {"towns": 9, "provinces": 13, "regions": 8, "years": 5, "fellowships": 15}
"""How much of a table stands on the sheet; the rest is in the files."""


def write_sheet(
    title: str,
    headline: str,
    parts: Sequence[Part],
    *,
    changes: Sequence[str],
    groups: Mapping[str, int],
    today: date,
    language: str,
) -> bytes:
    """Return a tagged PDF; `groups` are those of each province, for its map. Raises PressIsBusy."""
    _ = gettext_in(language)
    files = {f"{part.key}.svg": as_svg(part.charts[0]) for part in parts if part.charts}
    if groups:
        files["map.svg"] = country_map.as_svg(groups, lambda number: amount(number, language))
    values: dict[str, Any] = {
        "language": known(language),
        "title": title,
        "headline": headline,
        "changed": _("Wat er veranderde"),
        "changes": list(changes),
        "map": _("Kaart van Nederland met het aantal groepen in elke provincie") if groups else "",
        "parts": [_in_words(part, language) for part in parts],
        "printed": _("Gemaakt op %(day)s", day=day_in_words(today, language, year=True)),
        "page": _("bladzijde {page} van {pages}"),
        "rounding": _(
            "Kleine groepen tellen hierin mee zonder hun aantal te verraden: 1 tot 4 mensen staan als 1–4, en een totaal met zo’n groep erin is afgerond op vijf."
        ),
    }
    return set_pages("overview", values, files=files)


def _in_words(part: Part, language: str) -> dict[str, Any]:
    _ = gettext_in(language)
    rows = part.rows[: MOST_ROWS.get(part.key, 0)]
    more = _(
        "De eerste %(number)s van %(total)s. De andere staan in de bestanden.",
        number=len(rows),
        total=amount(len(part.rows), language),
    )
    return {
        "key": part.key,
        "title": part.title,
        "sentence": part.sentence,
        "chart": f"{part.key}.svg" if part.charts else "",
        "says": part.charts[0].says if part.charts else "",
        "columns": list(part.columns) if rows else [],
        "more": more if 0 < len(rows) < len(part.rows) else "",
        "rows": [[_text(cell, language) for cell in row.cells] for row in rows],
    }


def _text(cell: Cell, language: str) -> str:
    return amount(cell, language) if isinstance(cell, int) else str(cell)
