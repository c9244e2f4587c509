"""Groups as lists and results read them: columns, where no whole record is needed."""

from datetime import date, datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy.orm import InstrumentedAttribute

from app.records.fellowships import Body
from app.records.groups import Group


class GroupFound(NamedTuple):
    """Of a group what its listing is made of, under the names that its record has."""

    id: int
    slug: str
    name: str
    fellowship_id: int
    description: str
    audience: str
    subject: str
    language: str
    language_said: bool
    zone: str
    zone_said: bool
    is_open: bool | None
    features: list[str]
    seating: str
    seating_said: bool
    capacity: int
    status: str
    status_since: date
    status_at: datetime | None
    town: str
    province: str
    confirmed_on: date | None
    calendar_rev: int
    calendar_changed_at: datetime
    created_at: datetime
    codes: list[list[str]]
    list_facts: list[list[str]]
    fellowship: Body

    @property
    def timezone(self) -> ZoneInfo:
        return ZoneInfo(self.zone)


LISTED: tuple[InstrumentedAttribute[Any], ...] = tuple(
    getattr(Group, name) for name in GroupFound._fields if name != "fellowship"
)
"""The columns of these, in their order."""
