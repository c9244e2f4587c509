"""What one group adds to the figures of its fellowship: numbers, never names."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from app.domain.meeting import Status
from app.domain.people_known import People
from app.domain.search import PartOfDay
from app.domain.week import Week

ALWAYS = Week(0)
NEVER = ""
"""The value of a listing that nobody confirmed yet."""


class Topic(StrEnum):
    """What is counted; beside each, what its values are."""

    STATUS = "status"
    """A status: its groups."""
    SEATS = "seats"
    """A status: groups with people in them, and those people."""
    LINE = "line"
    """A status: groups with people in line, and those people."""
    LISTED = "listed"
    """`yes` or `no`, of groups that did not stop."""
    CONFIRMED = "confirmed"
    """A day as 2026-11-23, or NEVER: listings that were last confirmed on it."""
    TIME = "time"
    """Weekday and part of the day as `1 evening`: groups that meet then."""
    FOUNDED = "founded"
    """A month as 2026-11: groups that began in it."""
    ENDED = "ended"
    """A month: groups that stopped in it."""
    MOVED = "moved"
    """Month and status as `2026-11 active`: groups that came into it, less those that left it."""
    HEADS = "heads"
    """A month: meetings of which a group shares the head count, and the people at them."""
    TOWN = "town"
    """A town: active groups."""
    TOWN_FREE = "town_free"
    """A town: active groups with a free seat."""
    TOWN_LINE = "town_line"
    """A town: groups with people in line, and those people."""


BY_DAY = (Topic.SEATS, Topic.LINE, Topic.TOWN_LINE)
"""Told as they were when the day began: who looks often sees no single person come or go."""


class Key(NamedTuple):
    """What an amount is of; it holds from the week `since` on."""

    topic: Topic
    value: str
    since: Week = ALWAYS


@dataclass(frozen=True)
class Amount:
    """So many groups (or meetings), and the people in them."""

    number: int = 0
    people: People = People()

    def __add__(self, other: "Amount") -> "Amount":
        return Amount(self.number + other.number, self.people + other.people)

    def __sub__(self, other: "Amount") -> "Amount":
        return Amount(self.number - other.number, self.people - other.people)


class Stage(NamedTuple):
    """A group has this status from a day on."""

    since: date
    status: Status


@dataclass(frozen=True)
class Hour:
    """From a week on a group meets in this part of this day; the first one holds ALWAYS."""

    since: Week
    weekday: int
    part: PartOfDay

    def __str__(self) -> str:
        return f"{self.weekday} {self.part}"


@dataclass(frozen=True)
class Standing:
    """A group as its figures see it."""

    status: Status
    listed: bool
    town: str
    confirmed_on: date | None
    taken: int
    waiting: int
    is_free: bool
    stages: tuple[Stage, ...]
    hours: tuple[Hour, ...] = ()


def month_of(day: date) -> str:
    return f"{day:%Y-%m}"


def contributions(group: Standing) -> dict[Key, Amount]:
    """Return what a group adds to each figure, head counts apart."""
    found: dict[Key, Amount] = defaultdict(Amount)
    for key, amount in _additions(group):
        found[key] += amount
    return {key: amount for key, amount in found.items() if amount != Amount()}


def heads(counts: Iterable[tuple[Week, int]]) -> dict[Key, Amount]:
    """Return what shared head counts add; a week belongs to the month of its Thursday."""
    found: dict[Key, Amount] = defaultdict(Amount)
    for week, people in counts:
        key = Key(Topic.HEADS, month_of(week.day(4)))
        found[key] += Amount(1, People.of(people))
    return dict(found)


def hours(slots: Iterable[tuple[Week, int, int]], this: Week) -> tuple[Hour, ...]:
    """Return the hours that hold in a week or come after it.

    A slot is its first week, its weekday and the hour in which it begins. What was before this
    week is no matter any more; a first slot that is still to come counts already.
    """
    in_order = sorted(slots)
    begun = [slot for slot in in_order if slot[0] <= this]
    coming = in_order[len(begun) :]
    first = begun[-1:] or coming[:1]
    later = coming if begun else coming[1:]
    return tuple(
        Hour(since, weekday, PartOfDay.of(hour))
        for since, weekday, hour in (*((ALWAYS, *slot[1:]) for slot in first), *later)
    )


def first_stages(began: date, status: Status, since: date) -> tuple[Stage, ...]:
    """Return the history of a group as far as its first day and its status tell it."""
    before = Status.ACTIVE if status in (Status.PAUSED, Status.CLOSED) else Status.PREPARING
    if since <= began or before is status:
        return (Stage(min(began, since), status),)
    return Stage(began, before), Stage(since, status)


def next_stages(stages: tuple[Stage, ...], status: Status, since: date) -> tuple[Stage, ...]:
    """Return a history with the status of now at its end; what lasted no day is left out."""
    if stages[-1].status == status:
        return stages
    since = max(since, stages[-1].since)
    before = tuple(stage for stage in stages if stage.since < since)
    if before and before[-1].status == status:
        return before
    return (*before, Stage(since, status))


def _additions(group: Standing) -> Iterator[tuple[Key, Amount]]:
    one = Amount(1)
    yield Key(Topic.STATUS, group.status), one
    seated = Amount(1, People.of(group.taken)) if group.taken else Amount()
    in_line = Amount(1, People.of(group.waiting)) if group.waiting else Amount()
    yield Key(Topic.SEATS, group.status), seated
    yield Key(Topic.LINE, group.status), in_line
    yield Key(Topic.FOUNDED, month_of(group.stages[0].since)), one
    yield from _moves(group.stages)
    if group.status is Status.CLOSED:
        yield Key(Topic.ENDED, month_of(group.stages[-1].since)), one
        return
    yield Key(Topic.LISTED, "yes" if group.listed else "no"), one
    if group.listed and group.status is not Status.PAUSED:
        day = group.confirmed_on.isoformat() if group.confirmed_on else NEVER
        yield Key(Topic.CONFIRMED, day), one
    yield Key(Topic.TOWN_LINE, group.town), in_line
    if group.status is Status.ACTIVE:
        yield Key(Topic.TOWN, group.town), one
        if group.is_free:
            yield Key(Topic.TOWN_FREE, group.town), one
        before = None
        for hour in group.hours:
            yield Key(Topic.TIME, str(hour), hour.since), one
            if before:
                yield Key(Topic.TIME, str(before), hour.since), Amount(-1)
            before = hour


def _moves(stages: tuple[Stage, ...]) -> Iterator[tuple[Key, Amount]]:
    before = None
    for stage in stages:
        month = month_of(stage.since)
        yield Key(Topic.MOVED, f"{month} {stage.status}"), Amount(1)
        if before:
            yield Key(Topic.MOVED, f"{month} {before.status}"), Amount(-1)
        before = stage
