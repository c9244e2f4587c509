"""What an entry of a list means for a group of a fellowship, and how that differs from now."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from app.domain.imported import SHUT, Difference, Entry, EntryPlace
from app.domain.listing import Audience
from app.domain.meeting import Status
from app.domain.place import Kind
from app.domain.week import Week
from app.records.fellowships import Fellowship
from app.records.groups import Group
from app.records.places import PlaceRecord
from app.records.slots import SlotRecord

FIRST_YEAR = 2000
"""A list that says it was updated before this does not say when it was."""


@dataclass(frozen=True)
class Facts:
    """An entry in the light of its fellowship, at an aware instant."""

    entry: Entry
    fellowship: Fellowship
    zone: str | None
    now: datetime

    SLOT: ClassVar = frozenset({"weekday", "start", "minutes", "place"})

    @cached_property
    def columns(self) -> dict[str, Any]:
        """The columns of Group that the list decides."""
        entry, fellowship = self.entry, self.fellowship
        audience = fellowship.audience
        if audience == Audience.EVERYONE and entry.audience:
            audience = entry.audience
        return {
            "name": entry.name,
            "description": entry.description,
            "audience": str(audience),
            "language": entry.language or fellowship.language,
            "is_open": entry.is_open,
            "features": sorted(entry.features),
            "codes": [list(pair) for pair in entry.codes],
            "zone": self._zone,
            "town": entry.town,
            "province": entry.province,
        }

    @property
    def today(self) -> date:
        return self.now.astimezone(ZoneInfo(self._zone)).date()

    @property
    def week(self) -> Week:
        return Week.of(self.today)

    def status(self, group: Group | None) -> Status:
        """Return a group's status: the list pauses a group that is shut, and resumes only that.

        A group that was paused or closed here stays so.
        """
        if group is None or self.entry.is_shut:
            shut = Status.PAUSED if self.entry.is_shut else Status.ACTIVE
            return shut if group is None or group.status == Status.ACTIVE else Status(group.status)
        was_shut = any(code == SHUT for _, code in group.codes)
        if group.status == Status.PAUSED and was_shut:
            return Status.ACTIVE
        return Status(group.status)

    def confirmed_on(self, group: Group | None) -> date | None:
        """Return the later of what the group has and the day that the list was updated."""
        known = group.confirmed_on if group else None
        updated = self.entry.updated
        if updated is None:
            return known
        day = updated.astimezone(ZoneInfo(self._zone)).date()
        if not day.year >= FIRST_YEAR or day > self.today:
            return known
        return max(known, day) if known else day

    def slot_of(self, group: Group) -> SlotRecord | None:
        """Return the slot of this week, or the first that will begin."""
        begun = [slot for slot in group.slots if slot.since <= self.week]
        if begun:
            return max(begun, key=lambda slot: slot.since)
        return min(group.slots, key=lambda slot: slot.since, default=None)

    def differences(self, group: Group) -> list[Difference]:
        """Return what of a group is not as the list has it."""
        return [
            Difference(field, _in_words(old), _in_words(new))
            for field, old, new in self._compared(group)
            if old != new
        ]

    def _compared(self, group: Group) -> Iterator[tuple[str, Any, Any]]:
        for name, new in self.columns.items():
            yield name, getattr(group, name), new
        yield "status", Status(group.status), self.status(group)
        yield "confirmed_on", group.confirmed_on, self.confirmed_on(group)
        slot, entry = self.slot_of(group), self.entry
        yield "weekday", slot.weekday if slot else None, entry.weekday
        yield "start", slot.start if slot else None, entry.start
        yield "minutes", slot.minutes if slot else None, entry.minutes
        yield "place", self.place_in(slot.place) if slot and slot.place else None, entry.place

    @staticmethod
    def place_in(record: PlaceRecord) -> EntryPlace:
        """Return a place as a list would say it."""
        place = record.value()
        return EntryPlace(
            kind=Kind(place.kind),
            name=place.name,
            street=place.street,
            postcode=place.postcode,
            town=place.town,
            province=place.province,
            country=place.country,
            position=place.position,
            directions=place.directions,
            join_url=place.join_url,
            join_phone=place.join_phone,
            join_notes=place.join_notes,
        )

    @property
    def _zone(self) -> str:
        return self.entry.zone or self.zone or self.fellowship.zone


def _in_words(value: Any) -> str:
    match value:
        case None:
            return ""
        case list():
            return ", ".join(" ".join(one) if isinstance(one, list) else one for one in value)
        case EntryPlace():
            parts = (value.name, value.street, value.postcode, value.town, value.join_url)
            return ", ".join(part for part in parts if part)
        case bool():
            return "yes" if value else "no"
    return f"{value:%H:%M}" if hasattr(value, "hour") else str(value)
