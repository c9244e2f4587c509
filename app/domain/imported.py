"""What a list from elsewhere says about groups, and what an import makes of it, as plain values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from enum import StrEnum

from app.domain.exchange.asides import Aside
from app.domain.listing import Audience, Feature
from app.domain.personal_text import Finding as Personal
from app.domain.place import Kind, Position
from app.domain.refusal import Refusal
from app.domain.week import Week
from app.domain.work import Likeness

SHUT = "TC"
"""Meeting Guide's code for a location that is temporarily closed. It stays among a group's codes,
so that the next import knows that it was the list which paused the group."""


@dataclass(frozen=True, slots=True)
class EntryPlace:
    """Where a list says that a group meets; two entries with the same value share one place."""

    kind: Kind
    name: str = ""
    street: str = ""
    postcode: str = ""
    town: str = ""
    province: str = ""
    country: str = ""
    """ISO 3166; empty when it is not said and cannot be told."""
    position: Position | None = None
    directions: str = ""
    join_url: str = ""
    join_phone: str = ""
    join_notes: str = ""

    @property
    def has_building(self) -> bool:
        return self.kind is not Kind.ONLINE


@dataclass(frozen=True, slots=True)
class HeldText:
    """Part of a text that holds something private: not public before a person decided."""

    field: str
    words: str
    finding: Personal


@dataclass(frozen=True, slots=True)
class EntryWeek:
    """What a list says of one week that is otherwise."""

    week: Week
    cancelled: bool = False
    weekday: int | None = None
    start: time | None = None


@dataclass(frozen=True, slots=True)
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
    minutes: int | None
    """None when the list does not say."""
    zone: str | None = None
    """IANA; None when the list does not say."""
    place: EntryPlace | None = None
    town: str = ""
    province: str = ""
    description: str = ""
    language: str | None = None
    """ISO 639; None when the list does not say."""
    is_open: bool | None = None
    """None when the list does not say."""
    audience: Audience | None = None
    features: frozenset[Feature] = frozenset()
    codes: tuple[tuple[str, str], ...] = ()
    """What its types say beyond the fields above, as (program, code)."""
    confirmed: date | None = None
    """When somebody last said that it is right."""
    url: str = ""
    entity: str = ""
    entity_url: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    """What has no meaning here and is given back, as (key of the specification, value)."""
    held: tuple[HeldText, ...] = field(default=(), compare=False)
    """What was left out of the texts above."""
    weeks: tuple[EntryWeek, ...] = field(default=(), compare=False)
    asides: tuple[Aside, ...] = field(default=(), compare=False)
    """What its prose says of single weeks; out of its name and address it was taken."""
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
    NOT_SURE_WHICH_DAY = "not_sure_which_day"
    """Of a list that counts its days to seven: its first may be Sunday or Monday."""
    NOT_A_TIME = "not_a_time"
    NOT_A_ZONE = "not_a_zone"
    TOO_LONG = "too_long"
    BY_APPOINTMENT = "by_appointment"
    NOT_WEEKLY = "not_weekly"
    SAME_AS_ROW = "same_as_row"
    CUT = "cut"
    ODD_END = "odd_end"
    NOT_A_LINK = "not_a_link"
    NOT_A_POSITION = "not_a_position"
    SLUG_TWICE = "slug_twice"
    PERSONAL = "personal"
    GARBLED = "garbled"
    NOT_THERE = "not_there"
    BULK_STAMP = "bulk_stamp"
    NOT_READ = "not_read"
    UNPUBLISHED = "unpublished"
    ENDED = "ended"
    NOTHING = "nothing"
    NOT_TEXT = "not_text"
    NOT_JSON = "not_json"
    NOT_KNOWN = "not_known"
    NOT_A_TABLE = "not_a_table"
    NOT_A_WORKBOOK = "not_a_workbook"
    NOT_A_CALENDAR = "not_a_calendar"
    TOO_DEEP = "too_deep"
    TOO_MANY = "too_many"
    TOO_BIG = "too_big"


@dataclass(frozen=True, slots=True)
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
    kind: str = ""
    """Of list, as `meeting-guide`."""
    columns: Mapping[str, str] = field(default_factory=dict)
    """Of a table: what each of its columns was taken for; empty where it is not known."""


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
    """It differs in what was written here, which goes before the list's word."""
    STOPPED = "stopped"
    """It was closed here, though the list still has it."""
    MISSING = "missing"
    """It came from this list once and is no longer in it; left as it is."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One field of a group as it is, and as the list has it, in words."""

    field: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Alike:
    """A group that is here already, from elsewhere, and may be the one of a new row."""

    slug: str
    name: str
    likeness: Likeness


@dataclass(frozen=True, slots=True)
class Line:
    """What an import does with one group, and why."""

    outcome: Outcome
    name: str
    slug: str
    """Ours, which is its address."""
    row: int | None = None
    differences: tuple[Difference, ...] = ()
    says: tuple[Difference, ...] = ()
    """Of a new group, while nothing is written: when and where it meets, and for whom, each with nothing before it."""
    kept: tuple[Difference, ...] = ()
    """What was written here and stays, though the list has it otherwise."""
    held: tuple[str, ...] = ()
    """Sentences that are not shown before a person decides."""
    asides: tuple[Aside, ...] = ()
    """What a person has not answered yet."""
    weekday: int = 0
    """On which the row meets."""
    alike: tuple[Alike, ...] = ()
    """Of a new one: groups of its fellowship on the same day and hour, near by or named alike."""


@dataclass(frozen=True)
class Report:
    """What an import did, or would do, line by line."""

    lines: tuple[Line, ...]

    def count(self, outcome: Outcome) -> int:
        return sum(line.outcome is outcome for line in self.lines)

    @property
    def changes_anything(self) -> bool:
        return any(line.outcome in (Outcome.NEW, Outcome.CHANGED) for line in self.lines)
