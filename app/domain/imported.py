"""What a list from elsewhere says about groups, and what an import makes of it, as plain values."""

from dataclasses import dataclass, field
from datetime import datetime, time
from enum import StrEnum

from app.domain.listing import Audience, Feature
from app.domain.place import Kind, Position
from app.domain.refusal import Refusal

SHUT = "TC"
"""Meeting Guide's code for a location that is temporarily closed. It stays among a group's codes,
so that the next import knows that it was the list which paused the group."""


@dataclass(frozen=True)
class EntryPlace:
    """Where a list says that a group meets; two entries with the same value share one place."""

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


@dataclass(frozen=True)
class Entry:
    """One group of a list: one row on one day of the week. It holds no contact of anybody."""

    source: str
    """The format, such as `meeting-guide`."""
    slug: str
    """Its name within that list."""
    name: str
    weekday: int
    """1 for Monday to 7 for Sunday."""
    start: time
    minutes: int
    zone: str | None = None
    """IANA; None when the list does not say."""
    place: EntryPlace | None = None
    town: str = ""
    province: str = ""
    description: str = ""
    language: str | None = None
    """ISO 639; None when the list does not say."""
    is_open: bool = False
    audience: Audience | None = None
    features: frozenset[Feature] = frozenset()
    codes: tuple[tuple[str, str], ...] = ()
    """What its types say beyond the fields above, as (program, code)."""
    updated: datetime | None = None
    """Aware, UTC."""
    url: str = ""
    entity: str = ""
    entity_url: str = ""
    row: int = field(default=0, compare=False)
    """Where it stands in the file, from 1."""

    @property
    def list_key(self) -> str:
        """Its row's identity, whatever the day."""
        return f"{self.source}:{self.slug}"

    @property
    def key(self) -> str:
        """Its identity, kept as Group.source_key: `meeting-guide:oost#1`."""
        return f"{self.list_key}#{self.weekday}"

    @property
    def is_shut(self) -> bool:
        """Its building is closed for a time, and it does not meet online either."""
        online = self.place is not None and self.place.kind is not Kind.BUILDING
        return not online and any(code == SHUT for _, code in self.codes)


class Problem(StrEnum):
    """What is the matter with a field of a row, or with a file."""

    NOT_A_ROW = "not_a_row"
    MISSING = "missing"
    NOT_A_DAY = "not_a_day"
    NOT_A_TIME = "not_a_time"
    NOT_A_ZONE = "not_a_zone"
    TOO_LONG = "too_long"
    BY_APPOINTMENT = "by_appointment"
    SAME_AS_ROW = "same_as_row"
    CUT = "cut"
    ODD_END = "odd_end"
    NOT_A_LINK = "not_a_link"
    NOT_A_POSITION = "not_a_position"
    SLUG_TWICE = "slug_twice"
    PERSONAL = "personal"
    NOT_UTF8 = "not_utf8"
    NOT_JSON = "not_json"
    NOT_A_LIST = "not_a_list"
    TOO_DEEP = "too_deep"
    TOO_MANY = "too_many"
    TOO_BIG = "too_big"


@dataclass(frozen=True)
class Finding:
    """Something about one row that whoever imports it should know."""

    row: int
    name: str
    field: str
    problem: Problem
    value: str = ""
    slug: str = ""


@dataclass(frozen=True)
class Reading:
    """A list as it was read: what can be imported, what cannot, and why."""

    entries: tuple[Entry, ...] = ()
    unreadable: tuple[Finding, ...] = ()
    """Rows with a fault."""
    left_out: tuple[Finding, ...] = ()
    """Rows without a fault that are not a weekly group of their own."""
    remarks: tuple[Finding, ...] = ()
    """About rows that are imported all the same."""


@dataclass(eq=False)
class BrokenList(Refusal):
    """A file that is not what it should be is not read at all. Line and column count from 1."""

    problem: Problem
    line: int = 0
    column: int = 0
    detail: str = ""


class Outcome(StrEnum):
    """What an import does with one group."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    KEPT = "kept"
    """It differs, but has a coordinator, whose word goes before the list's."""
    STOPPED = "stopped"
    """It was closed here, though the list still has it."""
    MISSING = "missing"
    """It came from this list once and is no longer in it; left as it is."""


@dataclass(frozen=True)
class Difference:
    """One field of a group as it is, and as the list has it, in words."""

    field: str
    old: str
    new: str


@dataclass(frozen=True)
class Line:
    """What an import does with one group, and why."""

    outcome: Outcome
    name: str
    slug: str
    """Ours, which is its address."""
    row: int | None = None
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True)
class Report:
    """What an import did, or would do, line by line."""

    lines: tuple[Line, ...]

    def count(self, outcome: Outcome) -> int:
        return sum(line.outcome is outcome for line in self.lines)

    @property
    def changes_anything(self) -> bool:
        return any(line.outcome in (Outcome.NEW, Outcome.CHANGED) for line in self.lines)
