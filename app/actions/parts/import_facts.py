"""What an entry of a list means for a group of a fellowship, and how that differs from now."""

import hashlib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property, lru_cache
from typing import Any, ClassVar, TypeVar
from zoneinfo import ZoneInfo

from app.domain.exchange.asides import Answer, without
from app.domain.exchange.held_texts import TEXT_OF, Decision, with_shown
from app.domain.imported import SHUT, Difference, Entry, EntryPlace
from app.domain.listing import Audience
from app.domain.meeting import Status
from app.domain.place import Kind
from app.domain.week import Week
from app.records.exchange.asides import AsideRecord
from app.records.exchange.held_texts import HeldTextRecord
from app.records.fellowships import Fellowship
from app.records.groups import Group
from app.records.imported import GroupInList, SlotInList
from app.records.places import PlaceRecord
from app.records.slots import SlotRecord

S = TypeVar("S", SlotRecord, SlotInList)
FIRST_YEAR = 2000
"""A list that says it was updated before this does not say when it was."""


@dataclass(frozen=True)
class Facts:
    """An entry in the light of its fellowship, at an aware instant."""

    entry: Entry
    fellowship: Fellowship
    zone: str | None
    now: datetime
    texts: dict[str, HeldTextRecord] = field(default_factory=dict)
    """What was held back of its group before, by digest."""
    asides: dict[str, AsideRecord] = field(default_factory=dict)
    """What was said aside of it before, by digest."""

    _known: dict[int, tuple[GroupInList, dict[str, Any]]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    """What the list says of a group, with that group: it is asked twice of most."""

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
            "description": self._shown("description", entry.description),
            "audience": str(audience),
            "language": entry.language or fellowship.language,
            "language_said": entry.language is not None,
            "is_open": entry.is_open,
            "features": sorted(entry.features),
            "codes": [list(pair) for pair in entry.codes],
            "list_facts": [list(pair) for pair in entry.facts],
            "zone": self._zone,
            "zone_said": bool(entry.zone or self.zone),
            "town": entry.town,
            "province": entry.province,
        }

    @property
    def timezone(self) -> ZoneInfo:
        return ZoneInfo(self._zone)

    @cached_property
    def today(self) -> date:
        return self.now.astimezone(self.timezone).date()

    @property
    def week(self) -> Week:
        return Week.of(self.today)

    def status(self, group: Group | GroupInList | None) -> Status:
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

    def confirmed_on(self, group: Group | GroupInList | None) -> date | None:
        """Return the later of what the group has and the day that the list has."""
        known = group.confirmed_on if group else None
        day = self.entry.confirmed
        if day is None or not day.year >= FIRST_YEAR or day > self.today:
            return known
        return max(known, day) if known else day

    def slot_of(self, slots: Sequence[S]) -> S | None:
        """Return the slot of next week, or the first that will begin.

        What a list changes after this week's meeting begins with the next one.
        """
        if len(slots) == 1:
            return slots[0]
        begun = [slot for slot in slots if slot.since <= self.week + 1]
        if begun:
            return max(begun, key=lambda slot: slot.since)
        return min(slots, key=lambda slot: slot.since, default=None)

    def differences(
        self, group: GroupInList, *, coordinated: bool
    ) -> tuple[list[Difference], list[Difference]]:
        """Return what of a group is not as the list has it: what is the list's to change, and what
        was written here since the list last said it."""
        theirs: list[Difference] = []
        ours: list[Difference] = []
        was, says = self._was(group), self._says(group)
        if was == says:
            return theirs, ours
        for name, new in says.items():
            if (old := was[name]) != new:
                found = ours if self._is_ours(group, name, old, coordinated) else theirs
                found.append(Difference(name, _in_words(old), _in_words(new)))
        return theirs, ours

    def first_said(self) -> tuple[Difference, ...]:
        """Return when and where a new group meets, and whether anybody may come, as far as it is said."""
        entry, place = self.entry, self.place
        online = "online" if place and place.kind is not Kind.BUILDING else ""
        said = {
            "weekday": entry.weekday, "start": entry.start, "minutes": entry.minutes,
            "place": ", ".join(filter(None, (online, _in_words(place)))),
            "town": "" if entry.place else entry.town, "is_open": entry.is_open,
        }  # fmt: skip
        words = {name: _in_words(value) for name, value in said.items()}
        return tuple(Difference(name, "", word) for name, word in words.items() if word)

    def said(self, group: Group | GroupInList | None, kept: Collection[str] = ()) -> dict[str, str]:
        """Return what the list says of each field as digests; of a field that is `kept`, what it
        said before somebody wrote another."""
        before = (group.from_list if group else None) or {}
        said = {name: digest(new) for name, new in self._says(group).items() if name not in kept}
        return said | {name: before[name] for name in kept if name in before}

    @staticmethod
    def _is_ours(group: GroupInList, field: str, old: Any, coordinated: bool) -> bool:
        said = (group.from_list or {}).get(field)
        if field == "list_facts":
            return False  # nobody writes them here
        if field in ("status", "confirmed_on"):
            # Their rules have heard already what was done here.
            return coordinated and said is None
        return coordinated if said is None else said != digest(old)

    def _says(self, group: Group | GroupInList | None) -> dict[str, Any]:
        """Return what each field of a group becomes by the list."""
        if not isinstance(group, GroupInList):
            return self._told_to(group)
        known = self._known.get(id(group))
        if known is None:  # a row that was only looked at stays as it is
            known = self._known[id(group)] = group, self._told_to(group)
        return known[1]

    def _told_to(self, group: Group | GroupInList | None) -> dict[str, Any]:
        entry = self.entry
        return {
            **self.columns,
            "status": self.status(group),
            "confirmed_on": self.confirmed_on(group),
            "weekday": entry.weekday,
            "start": entry.start,
            "minutes": entry.minutes,
            "place": self.place,
        }

    def _was(self, group: GroupInList) -> dict[str, Any]:
        """Return the same fields as they are now."""
        slot = self.slot_of(group.slots)
        return {name: getattr(group, name) for name in self.columns} | {
            "status": Status(group.status),
            "confirmed_on": group.confirmed_on,
            "weekday": slot.weekday if slot else None,
            "start": slot.start if slot else None,
            "minutes": slot.minutes if slot and slot.end_said else None,
            "place": slot.place if slot else None,
        }

    @cached_property
    def place(self) -> EntryPlace | None:
        """Where it meets, with what a person let be shown of its texts."""
        place = self.entry.place
        if place is None:
            return None
        directions = self._shown("directions", place.directions)
        join_notes = self._shown("join_notes", place.join_notes)
        is_so = (directions, join_notes) == (place.directions, place.join_notes)
        return place if is_so else replace(place, directions=directions, join_notes=join_notes)

    def _shown(self, field: str, text: str) -> str:
        shown = {key for key, one in self.texts.items() if one.decision == Decision.SHOWN}
        text = without(text, self._answers(field))
        return with_shown(field, text, self.entry.held, shown)[: TEXT_OF[field]]

    def _answers(self, field: str) -> Iterator[tuple[str, Answer | None, bool]]:
        """Yield what a field says aside, with the answer; what a name did stands in the description."""
        for said in self.entry.asides:
            if field == (said.field if said.field in TEXT_OF else "description"):
                known = self.asides.get(said.digest)
                answer = Answer(known.answer) if known and known.answer else None
                yield said.words, answer, said.is_whole

    @staticmethod
    def place_in(place: PlaceRecord) -> EntryPlace:
        """Return a place as a list would say it."""
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


def digest(value: Any) -> str:
    """Return a short mark of a value of a field, the same for the same value."""
    return _digest(repr(value))


@lru_cache(maxsize=4096)
def _digest(written: str) -> str:
    """Most fields of most rows say one of few things."""
    return hashlib.sha256(written.encode()).hexdigest()[:16]


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
