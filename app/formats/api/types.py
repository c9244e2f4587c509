"""What the read API answers with. From these types come its JSON, its OpenAPI and its JSON Schema."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Any

from msgspec import Meta

from app.domain.confirmation import Freshness
from app.domain.listing import Audience, Feature, Subject
from app.domain.meeting import Difference, Status
from app.domain.seating import Availability

Instant = Annotated[datetime, Meta(tz=True, description="RFC 3339, with its offset")]
Day = Annotated[date, Meta(description="In the zone of the group")]
Clock = Annotated[str, Meta(pattern=r"^[0-2]\d:[0-5]\d$", description="Wall clock of the zone")]
Weekday = Annotated[int, Meta(ge=1, le=7, description="ISO 8601: 1 is Monday, 7 Sunday")]
Slug = Annotated[str, Meta(min_length=1, max_length=80, description="Stands in its address")]
WeekName = Annotated[str, Meta(pattern=r"^\d{4}-W\d\d$", description="ISO 8601 week")]
Link = Annotated[str, Meta(description="Whole address")]
Cursor = Annotated[str, Meta(description="Address of the next page")]


class SlotStatus(StrEnum):
    """FHIR's words for whether a place is to be had (CodeSystem service-capacity)."""

    CAPACITY = "capacity"
    NO_CAPACITY = "no-capacity"
    WAITLIST = "waitlist"
    ASSESSMENT = "additional-assessment-required"


class Kept(StrEnum):
    """What became of a group since."""

    UPDATED = "updated"
    DELETED = "deleted"


class Gone(StrEnum):
    """Why a group is no longer in the list."""

    CLOSED = "closed"
    PAUSED = "paused"
    UNLISTED = "unlisted"


@dataclass(frozen=True)
class Position:
    """Degrees, WGS 84."""

    latitude: Annotated[float, Meta(ge=-90, le=90)]
    longitude: Annotated[float, Meta(ge=-180, le=180)]


@dataclass(frozen=True)
class Place:
    """A building, as far as the group shows it: of some only the town is public."""

    name: str
    address: str
    postal_code: str
    town: str
    province: str
    country: Annotated[str, Meta(description="ISO 3166-1; empty where nobody said")]
    directions: str
    position: Position | None


@dataclass(frozen=True)
class Online:
    """How to join from afar; empty where that is for participants only."""

    url: str
    phone: str
    notes: str


@dataclass(frozen=True)
class Seats:
    """Whether there is a seat, never how many: our word, and FHIR's."""

    status: Availability
    fhir: SlotStatus


@dataclass(frozen=True)
class Code:
    """What kind of meeting it is: the same code means other things per program."""

    program: Annotated[str, Meta(description="Whose list it is of; empty: the fellowship's own")]
    code: str
    name: str


@dataclass(frozen=True)
class Schedule:
    """A standing weekly time, from a day on until a later one begins."""

    valid_from: Day
    weekday: Weekday
    start: Clock
    minutes: Annotated[int, Meta(ge=1, description="Null where nobody said when it ends")] | None
    place: Place | None
    online: Online | None


@dataclass(frozen=True)
class Group:
    """One circle with one weekly time. What is null, nobody said."""

    slug: Slug
    name: str
    url: Link
    fellowship: Slug
    status: Status
    audience: Audience
    subject: Subject
    language: Annotated[str, Meta(description="ISO 639")] | None
    is_open: Annotated[bool, Meta(description="Anyone may come, not only who takes part")] | None
    features: list[Feature]
    kinds: Annotated[
        list[str], Meta(description="What kind of meeting it is: what the filter `kind` takes")
    ]
    codes: list[Code]
    description: str
    seats: Seats | None
    town: str
    province: str
    zone: Annotated[str, Meta(description="IANA")] | None
    schedules: Annotated[list[Schedule], Meta(description="What holds now, and what is to come")]
    confirmed_on: Annotated[date, Meta(description="When its people last said all this")] | None
    confirmation: Freshness
    modified: Instant


@dataclass(frozen=True)
class ThemeOf:
    """What one evening is about."""

    step: Annotated[int, Meta(ge=1, le=12)] | None
    title: str
    reading: str


@dataclass(frozen=True)
class Meeting:
    """What a group does in one week, exceptions in: also when it does not meet."""

    group: Slug
    name: str
    url: Link
    fellowship: Slug
    week: WeekName
    starts: Instant
    ends: Instant | None
    is_on: bool
    is_open: (
        Annotated[bool, Meta(description="Anyone may come this time, not only who takes part")]
        | None
    )
    differences: list[Difference]
    reason: str
    note: str
    theme: ThemeOf | None
    place: Place | None
    online: Online | None


@dataclass(frozen=True)
class Fellowship:
    """A national body with its groups."""

    slug: Slug
    name: str
    identity: str
    website: str
    phone: str
    language: str
    url: Link


@dataclass(frozen=True)
class House:
    """A building that is shown whole, and which groups meet there."""

    place: Place
    groups: list[Slug]


@dataclass(frozen=True)
class Change:
    """A group as it is now, or that it is gone."""

    state: Kept
    slug: Slug
    modified: Instant
    why: Gone | None
    group: Group | None


@dataclass(frozen=True)
class Groups:
    groups: list[Group]
    next: Cursor | None


@dataclass(frozen=True)
class Meetings:
    meetings: list[Meeting]
    first: Day
    last: Day
    next: Cursor | None


@dataclass(frozen=True)
class Fellowships:
    fellowships: list[Fellowship]


@dataclass(frozen=True)
class Places:
    places: list[House]
    next: Cursor | None


@dataclass(frozen=True)
class Changes:
    changes: list[Change]
    next: Annotated[str, Meta(description="Ask here next; an answer without changes is the end")]


@dataclass(frozen=True)
class Problem:
    """RFC 9457."""

    type: str
    title: str
    status: int
    detail: str


ANSWERS: list[Any] = [Groups, Group, Meetings, Fellowships, Fellowship, Places, Changes, Problem]
"""Whatever an address answers with; what they are made of comes along."""
