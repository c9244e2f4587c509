"""Everything of a fellowship as one value: what stands open in it, what is sealed, and what is wrong with one."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from app.domain.place import Visibility
from app.domain.refusal import Refusal
from app.domain.seating import Hold, Seating

VERSION = 1
"""Rises when an older Twaalf would misread what is written; a column more is no reason."""
LEAST_PASSPHRASE = 12
"""Characters: whoever has the file may guess as long as they like."""

Row = dict[str, Any]
Rows = dict[str, list[Row]]
"""Rows of JSON values by table. A row refers to another by its number in its table, from 1."""


class Reach(StrEnum):
    """How much of a fellowship an archive takes along."""

    OFFICE = "office"
    """What its officers may read, and of contact persons what anybody reads."""
    HOUSE = "house"
    """All but people: a seat that somebody has is one taken without a name, and nobody is in line."""
    PEOPLE = "people"


class Flaw(StrEnum):
    """What is wrong with an archive."""

    NO_ARCHIVE = "no_archive"
    DAMAGED = "damaged"
    STRANGE_NAME = "strange_name"
    TOO_LARGE = "too_large"
    NEWER = "newer"
    PASSPHRASE = "passphrase"  # noqa: S105 - names the flaw
    CONTENT = "content"


@dataclass(eq=False)
class BrokenArchive(Refusal):
    """An archive is read whole or not at all."""

    flaw: Flaw
    where: str = ""


@dataclass(eq=False)
class FellowshipHasMore(Refusal):
    """An archive is read into an empty fellowship: it never mixes with groups that are there."""

    name: str


@dataclass(eq=False)
class AddressesInUse(Refusal):
    """Groups of the archive have addresses that others here have."""

    slugs: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Archive:
    """All rows of a fellowship, by table, in the order in which tables refer to each other."""

    fellowship: str
    reach: Reach
    rows: Rows


OF_PEOPLE = ("absence", "task", "guests", "sponsorship", "announcement")
"""Tables that only an archive with people has."""
WHOLLY_SEALED = ("contact", "keys_note", "head_count", "participant", *OF_PEOPLE)
"""Tables of which not even the number of rows stands open."""
_SEALED: dict[str, tuple[str, ...]] = {
    "groups": ("discreet_key", "discreet_uuid"),
    "held_text": ("words",),
    "aside": ("words",),
    "deviation": ("inside_note",),
}
_JOIN = ("join_url", "join_phone", "join_notes", "join_before")
_HOUSE = (
    "name", "street", "postcode", "latitude", "longitude", "directions", "room", "house", "earlier",
)  # fmt: skip


_INSIDE = ("place", "deviation")
"""Tables of which the sealed columns are for the people of a group alone, and not for its office."""


def _sealed_columns(table: str, row: Row, shown: Mapping[int, Visibility], number: int) -> set[str]:
    """Return which columns of a row stand sealed; `shown` says how little the public sees of a place.

    Of a place where nobody meets (any more, or not yet) it sees nothing.
    """
    if table != "place":
        return {name for name in _SEALED.get(table, ()) if name in row}
    sealed = set() if row["join_is_public"] else set(_JOIN)
    if not (row.get("join_before") or {}).get("public"):
        sealed.add("join_before")
    match shown.get(number, Visibility.NOTHING):
        case Visibility.TOWN:
            sealed |= {*_HOUSE}
        case Visibility.NOTHING:
            sealed |= {*_HOUSE, "town", "province"}
    return sealed


def nameless(participants: list[Row]) -> list[Row]:
    """Return the seats that people have for good, each as one that is taken without a name."""
    return [
        {key: row[key] for key in ("group_id", "seat", "joined_on")}
        for row in participants
        if row["seat"] is not None and row["hold"] in (None, Hold.GREETED)
    ]


def split(rows: Rows) -> tuple[Rows, Rows]:
    """Return what stands open of an archive, and what is sealed; `joined` puts them together."""
    shown = _shown(rows)
    open_rows: Rows = {}
    sealed_rows: Rows = {}
    for table, all_ in rows.items():
        if table in WHOLLY_SEALED:
            sealed_rows[table] = all_
            continue
        open_rows[table] = []
        for number, row in enumerate(all_, 1):
            hidden = _sealed_columns(table, row, shown, number)
            open_rows[table].append({key: row[key] for key in row if key not in hidden})
            if hidden:
                kept = {key: row[key] for key in row if key in hidden}
                sealed_rows.setdefault(table, []).append({"number": number} | kept)
    return open_rows, sealed_rows


def joined(open_rows: Rows, sealed_rows: Rows) -> Rows:
    """Return all rows of an archive. Raises BrokenArchive when the two do not belong together."""
    rows = {table: [dict(row) for row in all_] for table, all_ in open_rows.items()}
    for table, all_ in sealed_rows.items():
        if table not in rows:
            rows[table] = all_
            continue
        for row in all_:
            number = row.get("number")
            if type(number) is not int or not 1 <= number <= len(rows[table]):
                raise BrokenArchive(Flaw.CONTENT, table)
            rows[table][number - 1] |= {key: row[key] for key in row if key != "number"}
    return rows


def for_office(rows: Rows) -> Rows:
    """Return rows without what is for the people of each group alone."""
    shown = _shown(rows)
    return {
        table: [
            {
                key: row[key]
                for key in row
                if table not in _INSIDE or key not in _sealed_columns(table, row, shown, number)
            }
            for number, row in enumerate(all_, 1)
        ]
        for table, all_ in rows.items()
    }


def without_seats(rows: Rows) -> Rows:
    """Return rows of which nobody says who has a seat: their groups are as those of any list."""
    as_imported = {"seating": str(Seating.WALK_IN), "seating_said": False}
    groups = [
        row if row.get("seating") == Seating.WALK_IN else row | as_imported
        for row in rows.get("groups", ())
    ]
    return rows | {"groups": groups}


def _shown(rows: Rows) -> dict[int, Visibility]:
    """Return of each place the least that any time or week shows of it."""
    order = (Visibility.WHOLE, Visibility.TOWN, Visibility.NOTHING)
    least: dict[int, Visibility] = {}
    for row in (*rows.get("slot", ()), *rows.get("deviation", ())):
        if row.get("place_id") is not None:
            seen = Visibility(row["visibility"])
            known = least.get(row["place_id"], Visibility.WHOLE)
            least[row["place_id"]] = max(seen, known, key=order.index)
    return least
