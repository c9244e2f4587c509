"""What BMLT's GetChanges answers: of each group its last change, and whether it is still in the list."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.domain.zones import day_at_home
from app.formats.bmlt.asked import Asked, Row
from app.formats.plain_text import one_line

NEW, CHANGED, GONE = (
    "comdef_change_type_new",
    "comdef_change_type_change",
    "comdef_change_type_delete",
)
NOBODY = "0"
"""Who changed it is nobody's business here."""


@dataclass(frozen=True)
class Change:
    """The last change of one group, in the zone of this house."""

    id: int
    """Of the group: there is one change of each."""
    name: str
    body: int
    body_name: str
    at: datetime
    is_new: bool
    is_there: bool


def days_asked(asked: Asked, today: date, remembered: timedelta) -> tuple[date, date]:
    """Return from which day to which changes are asked; what is no day asks for all that is known."""
    first, last = (_day(asked.text(name)) for name in ("start_date", "end_date"))
    return max(first or today - remembered, today - remembered), last or today


def changes(known: Iterable[Change], asked: Asked, days: tuple[date, date]) -> list[Row]:
    """Return the changes that are asked for, the latest first."""
    bodies, ids = asked.texts("service_body_id"), asked.texts("meeting_id")
    found = [
        one
        for one in known
        if days[0] <= day_at_home(one.at) <= days[1]
        and (not bodies or str(one.body) in bodies)
        and (not ids or str(one.id) in ids)
    ]
    return [_row(one) for one in sorted(found, key=lambda one: (one.at, one.id), reverse=True)]


def _row(one: Change) -> Row:
    hour = f"{one.at:%I:%M %p}".removeprefix("0")
    return {
        "date_int": str(int(one.at.timestamp())),
        "date_string": f"{hour}, {one.at.month}/{one.at.day}/{one.at.year}",
        "change_type": GONE if not one.is_there else NEW if one.is_new else CHANGED,
        "change_id": str(one.id),
        "meeting_id": str(one.id),
        "meeting_name": one_line(one.name) if one.is_there else "",
        "user_id": NOBODY,
        "user_name": "",
        "service_body_id": str(one.body),
        "service_body_name": one_line(one.body_name),
        "meeting_exists": "1" if one.is_there else "0",
        "details": "",
        "json_data": "",
    }


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10]) if text else None
    except ValueError:
        return None
