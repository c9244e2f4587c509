"""Twelve seats, and the ways in which a group fills them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from app.domain.refusal import Refusal

SEATS = 12
"""The one constant behind every seat rule, in the tables too."""
SEAT_NUMBERS = tuple(range(1, SEATS + 1))


@dataclass(eq=False)
class AsksElsewhere(Refusal):
    """This group fills its seats without the app: by its contact person, or at the door."""

    seating: str


@dataclass(eq=False)
class NotShownYet(Refusal):
    """Whoever has the page has it by asking: what is held for them is confirmed by other proof."""

    hold: str


class NobodyIsRefused(Refusal):
    """Who asked where newcomers are greeted has the seat: no coordinator skips or refuses them."""


class NotMeeting(Refusal):
    """A group that has stopped, or stopped for a while, gives no seats."""


@dataclass(eq=False)
class NoChairLeft(Refusal):
    """There are twelve chairs, or as many as the group offers, and each is taken."""

    chairs: int


@dataclass(eq=False)
class ChairsTaken(Refusal):
    """A group cannot offer fewer chairs than are taken."""

    taken: int


class PeopleWait(Refusal):
    """A free chair goes to the first in line: nobody is put before them."""


class Seating(StrEnum):
    SEATS_ITSELF = "seats_itself"
    WELCOMES = "welcomes"
    BY_CONTACT = "by_contact"
    WALK_IN = "walk_in"


class Hold(StrEnum):
    """Why a seat is held for somebody until an instant; what ends it stands in HOLDS."""

    ASKED = "asked"
    """Somebody asked, and nobody knows yet whether they come."""
    OFFERED = "offered"
    """It came to the first in line."""
    GREETED = "greeted"
    """Somebody asked, and the coordinator is to greet them."""


class Proof(StrEnum):
    """What shows that a seat is somebody's, so that it needs to be held no longer."""

    MAIL = "mail"
    """The link in a letter that arrived: a robot can ask for a seat, it cannot read the mail."""
    COORDINATOR = "coordinator"
    """Who coordinates knows that they come."""


class InTheEnd(StrEnum):
    """What becomes of a held seat for which nothing was shown in time."""

    FREED = "freed"
    PASSED_ON = "passed_on"
    """To the next in line; who had it waits behind."""
    STANDS = "stands"


@dataclass(frozen=True)
class HoldRule:
    """Who ends a kind of hold, and how."""

    ended_by: frozenset[Proof]
    in_the_end: InTheEnd
    lasts: timedelta
    is_proven: bool
    """Whether it makes a group full: one that was merely asked for says nothing to the public."""
    may_be_released: bool = True
    """Whether a coordinator may free the seat before it stands."""


HOLDS = {
    Hold.ASKED: HoldRule(
        frozenset({Proof.MAIL, Proof.COORDINATOR}), InTheEnd.FREED, timedelta(hours=48), False
    ),
    Hold.OFFERED: HoldRule(
        frozenset({Proof.MAIL, Proof.COORDINATOR}), InTheEnd.PASSED_ON, timedelta(days=7), True
    ),
    # Nobody greets himself, and to release before a greeting would be to refuse.
    Hold.GREETED: HoldRule(
        frozenset({Proof.COORDINATOR}),
        InTheEnd.STANDS,
        timedelta(days=7),
        is_proven=False,
        may_be_released=False,
    ),
}
UNPROVEN = tuple(hold for hold, rule in HOLDS.items() if not rule.is_proven)

AFTER_MEETING = timedelta(days=1)
"""So long after the next meeting a seat is kept for who left no address: there they are seen."""
NO_MEETING = timedelta(days=7)
"""So long at a time while no meeting is in sight."""
TRIED_IN_VAIN = timedelta(days=1)
"""So long an offer stands whose letter was refused: who is next would wait for nothing."""
SOON = timedelta(days=1)
"""So long before a hold ends, who left an address is told."""
SEATS_WITHOUT_ADDRESS = 3
"""Seats of a group that are held at once for who left no address and was not seen yet: as many
newcomers as a circle can greet in an evening, and a quarter of it at most for who only fills in
names. Who asks after them is not refused: the seat waits until one of the three is known."""


def held_until(
    why: Hold,
    since: datetime,
    *,
    has_address: bool,
    next_meeting_ends: datetime | None,
    is_refused: bool = False,
) -> datetime:
    """Return when a hold ends, as an aware instant.

    `next_meeting_ends` is of the first meeting that begins after `since`, None without one in
    sight. Who left no address is met there, so their seat outlives it by a day. `is_refused`:
    there is an address, but mail to it was refused; then `has_address` is false.
    """
    usual = since + HOLDS[why].lasts
    if is_refused and why is Hold.OFFERED:
        return since + TRIED_IN_VAIN
    if has_address or why is Hold.GREETED:
        return usual
    if next_meeting_ends is None:
        return since + NO_MEETING
    after = next_meeting_ends + AFTER_MEETING
    return after if why is Hold.ASKED else max(usual, after)


class Availability(StrEnum):
    """All that the public learns of the seats: never a number."""

    FREE = "free"
    FULL = "full"
    PREPARING = "preparing"
    WALK_IN = "walk_in"
    """Nobody keeps a list, so nobody knows of a free seat, and nobody finds a closed door."""
    UNSAID = "unsaid"
    """The group came from a list that said nothing of its seats: nothing is shown of them."""


def availability(
    *,
    preparing: bool,
    taken: int,
    waiting: int,
    capacity: int,
    seating: Seating = Seating.SEATS_ITSELF,
    said: bool = True,
) -> Availability:
    """Return what the public sees; someone in line means full, for nobody jumps the line.

    `said` tells whether the group itself ever chose its seating.
    """
    if preparing:
        return Availability.PREPARING
    if not said:
        return Availability.UNSAID
    if seating is Seating.WALK_IN:
        return Availability.WALK_IN
    return Availability.FULL if waiting or taken >= capacity else Availability.FREE


def free_seat(taken: Collection[int], capacity: int) -> int | None:
    """Return the lowest free seat number, 1 to SEATS, or None when no chair is left.

    `capacity` is how many chairs the group offers, whatever their numbers.
    """
    if len(taken) >= min(capacity, SEATS):
        return None
    return next(number for number in SEAT_NUMBERS if number not in taken)
