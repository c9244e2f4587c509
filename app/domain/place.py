"""A place: a building with an address, online, or both; a group without one has None."""

from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from typing import Any

from app.domain.week import Week


class Kind(StrEnum):
    BUILDING = "building"
    ONLINE = "online"
    BOTH = "both"


class Visibility(StrEnum):
    """What the public sees of a place; participants see all of it."""

    WHOLE = "whole"
    TOWN = "town"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Position:
    """Degrees, WGS 84."""

    latitude: float
    longitude: float


@dataclass(frozen=True)
class Place:
    """Where a group meets. Texts that do not apply are empty."""

    id: int
    kind: Kind
    name: str = ""
    street: str = ""
    postcode: str = ""
    town: str = ""
    province: str = ""
    country: str = "NL"
    position: Position | None = None
    directions: str = ""
    join_url: str = ""
    join_phone: str = ""
    join_notes: str = ""
    join_is_public: bool = False
    room: str = ""
    """Which room of the house; empty when there is one, or nobody said."""
    hidden: bool = False
    """Part of it was taken out: this is what the public sees."""
    earlier: tuple["Earlier", ...] = ()
    """What it was before it was mended, oldest first: what was held stays where it was."""
    join_before: "JoinBefore | None" = None
    """How one joined before the link of now."""

    @property
    def is_online(self) -> bool:
        return self.kind in (Kind.ONLINE, Kind.BOTH)

    @property
    def has_building(self) -> bool:
        return self.kind in (Kind.BUILDING, Kind.BOTH)

    @property
    def address(self) -> str:
        """One line without the building's name: `Lindengracht 93, 1015 KD Amsterdam`."""
        return ", ".join(
            part for part in (self.street, f"{self.postcode} {self.town}".strip()) if part
        )

    @property
    def way_in(self) -> str:
        """Which room, and how to get in."""
        return ". ".join(part for part in (self.room, self.directions) if part)

    def in_week(self, week: Week) -> "Place":
        """Return the place as it was, or is, in a week."""
        was = next((one.place for one in self.earlier if week < one.until), self)
        was = was.by_itself
        before = self.join_before
        if before and week < before.until:
            was = replace(
                was, join_url=before.url, join_phone=before.phone, join_notes=before.notes
            )
        return was

    @cached_property
    def by_itself(self) -> "Place":
        """Without what it was: made once, for a feed asks it of each of its weeks."""
        alone = self.earlier or self.join_before
        return replace(self, earlier=(), join_before=None) if alone else self

    def seen_by_public(self, visibility: Visibility) -> "Place":
        """Return what may be published of it: the join link only if the group made it public."""
        other: dict[str, Any] = {}
        if self.earlier:
            other["earlier"] = tuple(
                Earlier(one.until, one.place.seen_by_public(visibility)) for one in self.earlier
            )
        joined = self.join_url or self.join_phone or self.join_notes or self.join_before
        if joined and not self.join_is_public:
            other |= {"join_url": "", "join_phone": "", "join_notes": "", "join_before": None}
        elif self.join_before and not self.join_before.is_public:
            other["join_before"] = JoinBefore(self.join_before.until, "", "", "")
        # Most are what they were: a feed asks it of each of its weeks.
        shown = replace(self, **other) if other else self
        if visibility is Visibility.WHOLE:
            return shown
        hidden = Place(
            id=self.id,
            kind=self.kind,
            country=self.country,
            hidden=True,
            earlier=shown.earlier,
        )
        if visibility is Visibility.TOWN:
            hidden = replace(hidden, town=self.town, province=self.province)
        return replace(
            hidden,
            join_url=shown.join_url,
            join_phone=shown.join_phone,
            join_notes=shown.join_notes,
            join_is_public=shown.join_is_public,
            join_before=shown.join_before,
        )


@dataclass(frozen=True)
class Earlier:
    """A place as it was in the weeks before `until`."""

    until: Week
    place: Place


@dataclass(frozen=True)
class JoinBefore:
    """How one joined online in the weeks before `until`: a link that is going round is replaced."""

    until: Week
    url: str
    phone: str
    notes: str
    is_public: bool = False
    """Whether everybody might see it: who shows the next link to all has not said so of this one."""
