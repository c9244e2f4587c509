"""What about a group asks for the eye of its fellowship's office: the points of the work list."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from app.domain.closure import Closure
from app.domain.holiday import ASKED_AHEAD, Holiday
from app.domain.meeting import MEETS, Status
from app.domain.refusal import Refusal
from app.domain.roles import WEEKS_OF_NOTICE, ends_soon, nobody_is_left

UNCONFIRMED_AFTER = timedelta(weeks=26)
FULL_OR_EMPTY_FOR = timedelta(weeks=8)
PATIENCE = timedelta(weeks=2)
"""So long the office leaves a group in peace that was asked about a holiday."""
ANSWER_DUE = ASKED_AHEAD - PATIENCE
"""From so long before a holiday the office sees the silence."""
LONG_CLOSURE = timedelta(weeks=2)
ENDS_WITHIN = timedelta(weeks=2)
SNOOZES = (1, 4, 12)
"""Weeks that a point may be put aside for."""
MOST_OF_FACT = 64


MOST_LISTS = 20
"""That an office keeps under a name."""
MOST_AT_ONCE = 1000
"""Groups that one deed of an office may touch."""


class TooManyLists(Refusal):
    """An office keeps a handful of lists: more of them would have to be searched themselves."""

    def __init__(self, most: int = MOST_LISTS):
        super().__init__()
        self.most = most


class TooManyAtOnce(Refusal):
    """A deed for very many groups is done in parts, so that others need not wait for it."""

    def __init__(self, most: int = MOST_AT_ONCE):
        super().__init__()
        self.most = most


class ListHasChanged(Refusal):
    """Who acts on a whole list acts on the groups that were counted, not on others."""


class NothingPicked(Refusal):
    """Whoever sends the work list has picked at least one point."""


class Concern(StrEnum):
    """What a point is about; a group has at most one point of each."""

    NO_COORDINATOR = "no_coordinator"
    NO_PLACE = "no_place"
    NOT_CONFIRMED = "not_confirmed"
    HOLIDAY = "holiday"
    CLOSURE_ENDS = "closure_ends"
    FULL = "full"
    EMPTY = "empty"
    SERVICE_ENDS = "service_ends"
    SAME_ROOM = "same_room"
    DOUBLE = "double"
    GONE = "gone"
    """From the list that it came from."""


class Likeness(StrEnum):
    """Why two groups may be one, or be taken for one."""

    PLACE = "place"
    NAME = "name"
    """With the same day and hour."""
    BOTH = "both"
    LOOKS = "looks"
    """The names look the same, and are written with other letters; whatever the hour."""


@dataclass(frozen=True)
class Other:
    """Another group that a point is about; an empty name is one that may not be told.

    `public` is the name as coordinators may read it.
    """

    id: int
    name: str
    public: str
    likeness: Likeness | None = None


@dataclass(frozen=True)
class Point:
    """One line of the work list.

    `fact` is what a tick belongs to: as long as it stays the same, a ticked point stays away.
    `day` is the day that it is about, if there is one.
    """

    concern: Concern
    group_id: int
    since: date
    fact: str
    day: date | None = None
    holidays: tuple[Holiday, ...] = ()
    others: tuple[Other, ...] = ()

    @property
    def key(self) -> str:
        """What it is picked by: another fact is another key."""
        digest = hashlib.sha256(self.fact.encode()).hexdigest()[:8]
        return f"{self.group_id}.{self.concern}.{digest}"


class Facts(NamedTuple):
    """What the rules about one group ask for.

    `placeless_since` is the day from which its standing time has no place; `services` are the
    last days of its coordinators, None for one that goes on; `unanswered` are the holidays that
    the group was asked about and that begin within ANSWER_DUE.
    """

    group_id: int
    status: Status
    listed: bool
    founded: date
    confirmed_on: date | None = None
    services: tuple[date | None, ...] = ()
    left_on: date | None = None
    placeless_since: date | None = None
    unanswered: tuple[Holiday, ...] = ()
    closures: tuple[Closure, ...] = ()
    full_since: date | None = None
    empty_since: date | None = None
    gone_since: date | None = None
    source: str = ""


def fact_of(*parts: object) -> str:
    """Return a fact in at most MOST_OF_FACT characters; the same parts make the same."""
    text = " ".join(map(str, parts))
    if len(text) <= MOST_OF_FACT:
        return text
    return hashlib.sha256(text.encode()).hexdigest()


def points_of(group: Facts, today: date) -> Iterator[Point]:
    """Yield the points about one group alone; a closed group has none."""
    if group.status is Status.CLOSED:
        return
    meets = group.status in MEETS
    if nobody_is_left(group.services, today):
        since = max(
            [until for until in group.services if until] or [group.left_on or group.founded]
        )
        yield _point(Concern.NO_COORDINATOR, group, since)
    elif (until := service_ends(group.services, today)) is not None:
        since = until - timedelta(weeks=WEEKS_OF_NOTICE)
        yield Point(Concern.SERVICE_ENDS, group.group_id, since, fact_of(until), day=until)
    if meets and group.placeless_since is not None:
        yield _point(Concern.NO_PLACE, group, group.placeless_since)
    if meets and group.listed and is_unconfirmed(group.confirmed_on, group.founded, today):
        since = group.confirmed_on or group.founded
        yield _point(Concern.NOT_CONFIRMED, group, since, day=group.confirmed_on)
    if meets and group.unanswered:
        yield Point(
            Concern.HOLIDAY,
            group.group_id,
            group.unanswered[0].first - ANSWER_DUE,
            fact_of(*(holiday.key for holiday in group.unanswered)),
            day=group.unanswered[0].first,
            holidays=group.unanswered,
        )
    if meets and (ending := [one for one in group.closures if closure_ends(one, today)]):
        first = min(ending, key=lambda one: (one.last, one.id or 0))
        fact = fact_of(*(f"{one.id}:{one.last}" for one in ending))
        yield Point(Concern.CLOSURE_ENDS, group.group_id, first.first, fact, day=first.last)
    if group.status is not Status.ACTIVE:
        return
    if group.full_since and is_long(group.full_since, today):
        yield _point(Concern.FULL, group, group.full_since)
    if group.empty_since and is_long(group.empty_since, today):
        yield _point(Concern.EMPTY, group, group.empty_since)
    if group.gone_since and group.listed:
        since, of = group.gone_since, Other(0, group.source, group.source)
        yield Point(Concern.GONE, group.group_id, since, fact_of(since), others=(of,))


def is_unconfirmed(confirmed_on: date | None, founded: date, today: date) -> bool:
    """Tell whether a listing was not confirmed for half a year; one never, since it is there."""
    return today > (confirmed_on or founded) + UNCONFIRMED_AFTER


def is_long(since: date, today: date) -> bool:
    """Tell whether a group is full, or empty, for eight whole weeks."""
    return today >= since + FULL_OR_EMPTY_FOR


def closure_ends(closure: Closure, today: date) -> bool:
    """Tell whether a long closure, begun already, ends soon: does the group begin again?"""
    lasts = closure.last - closure.first + timedelta(days=1)
    soon = closure.first <= today <= closure.last <= today + ENDS_WITHIN
    return soon and lasts >= LONG_CLOSURE


def service_ends(services: Iterable[date | None], today: date) -> date | None:
    """Return the last day that anyone coordinates, if it is near and nobody goes on after it."""
    services = list(services)
    if not services or not all(ends_soon(until, today) for until in services):
        return None
    last = max(until for until in services if until is not None)
    return last if last >= today else None


def is_hidden(marked: tuple[str, date | None] | None, fact: str, today: date) -> bool:
    """Tell whether a mark (fact, first day on which it is seen again or None) hides a point."""
    if marked is None or marked[0] != fact:
        return False
    return marked[1] is None or today < marked[1]


def _point(concern: Concern, group: Facts, since: date, *, day: date | None = None) -> Point:
    return Point(concern, group.group_id, since, fact_of(since), day=day)
