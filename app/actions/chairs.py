"""What coordinators do round the table: greet, release, take and free chairs, merge a double."""

import secrets

from app import clock
from app.actions.parts.held_circle import Circle, fit_guests, tell
from app.actions.parts.transaction import hold_circle, note, transaction
from app.db import db
from app.domain.keys import KEY_BYTES, hash_of
from app.domain.refusal import NotTheirs
from app.domain.retention import Ending
from app.domain.seating import (
    HOLDS,
    SEAT_NUMBERS,
    SEATS,
    ChairsTaken,
    Hold,
    NobodyIsRefused,
    NoChairLeft,
    PeopleWait,
    Seating,
)
from app.records.accounts import Account
from app.records.groups import Group
from app.records.participants import ParticipantRecord


@transaction
def greet(group: Group, participant_id: int, *, by: Account) -> None:
    """Welcome who asked for a seat: it is theirs. Raises NotTheirs."""
    circle, person = _find(group, participant_id, by)
    circle.prove(person)
    person.confirmed_on = circle.group.day_of(clock.now())
    circle.settle()
    note("greet", by=by, groups=[circle.group])


@transaction
def release_seat(group: Group, participant_id: int, *, by: Account) -> None:
    """Free the seat, or the place in line, of who no longer comes; they are told and erased.

    Raises NobodyIsRefused, NotTheirs.
    """
    circle, person = _find(group, participant_id, by)
    if person.hold is not None and not HOLDS[Hold(person.hold)].may_be_released:
        raise NobodyIsRefused
    tell(person, "seat_ended", group=circle.group, values={"reason": "released"})
    circle.remove(person, Ending.RELEASED)
    circle.settle()
    fit_guests(circle)
    note("release_seat", by=by, groups=[circle.group])


@transaction
def take_chair(group: Group, *, number: int | None = None, by: Account) -> ParticipantRecord:
    """Take a chair without a name: that of a number if it is free, else the lowest free one.

    Raises NoChairLeft, PeopleWait, NotTheirs.
    """
    circle = Circle(hold_circle(group.id, by))
    circle.settle()
    chair = _take_chair(circle, number)
    circle.settle()
    fit_guests(circle)
    note("take_chair", by=by, groups=[circle.group], after={"seat": chair.seat})
    return chair


@transaction
def set_chairs_taken(group: Group, number: int, *, by: Account) -> None:
    """Take or free chairs without a name until so many chairs are taken.

    Named seats are not touched: with nine of them, eight leaves nine. Who merely asked for one
    takes none, and waits when each is taken. Raises NoChairLeft, PeopleWait, NotTheirs.
    """
    circle = Circle(hold_circle(group.id, by))
    before = circle.known
    while circle.known < number:
        _take_chair(circle)
    nameless = [one for one in circle.seated if one.alias is None]
    for chair in nameless[::-1][: max(0, circle.known - number)]:
        circle.remove(chair, Ending.RELEASED)
    circle.settle()
    fit_guests(circle)
    after = circle.known
    note(
        "set_chairs_taken",
        by=by,
        groups=[circle.group],
        before={"taken": before},
        after={"taken": after},
    )


@transaction
def offer_chairs(group: Group, capacity: int, *, by: Account) -> None:
    """Offer so many chairs, 1 to SEATS; more of them go to the line. Raises ChairsTaken, NotTheirs."""
    circle = Circle(hold_circle(group.id, by))
    taken = len(circle.seated)
    if capacity > SEATS:
        raise NoChairLeft(SEATS)
    if capacity < max(1, taken):
        raise ChairsTaken(taken)
    before, circle.group.capacity = circle.group.capacity, capacity
    circle.settle()
    fit_guests(circle)
    note(
        "offer_chairs",
        by=by,
        groups=[circle.group],
        before={"chairs": before},
        after={"chairs": capacity},
    )


@transaction
def set_seating(group: Group, seating: Seating, *, by: Account) -> None:
    """Choose how seats are given from now on; whoever has or waits for one keeps it.

    Raises NotTheirs.
    """
    circle = Circle(hold_circle(group.id, by))
    before, circle.group.seating = circle.group.seating, seating
    circle.group.seating_said = True
    circle.settle()
    note(
        "set_seating",
        by=by,
        groups=[circle.group],
        before={"seating": before},
        after={"seating": seating},
    )


@transaction
def merge_double(group: Group, keep_id: int, double_id: int, *, by: Account) -> ParticipantRecord:
    """Make one of two entries of the same person: the better place stays, under the first's name.

    A seat is better than the line, an earlier place than a later; a name is better than none.
    The contact is not carried over: were it somebody else's after all, it would be shown to the
    one who stays. Returns who stays. Raises NotTheirs.
    """
    circle, keep = _find(group, keep_id, by)
    double = next((one for one in circle.people if one.id == double_id), None)
    if double is None or double is keep:
        raise NotTheirs
    if keep.alias is None:
        keep, double = double, keep
    places = sorted([keep, double], key=lambda one: (one.seat is None, one.seat or one.wait_number))
    seat, wait_number = places[0].seat, places[0].wait_number
    hold, held_until = places[0].hold, places[0].held_until
    tell(double, "seat_ended", group=circle.group, values={"reason": "double"})
    circle.remove(double, Ending.DOUBLE)
    keep.seat, keep.wait_number, keep.hold, keep.held_until = seat, wait_number, hold, held_until
    db.session.flush()
    circle.settle()
    fit_guests(circle)
    note("merge_double", by=by, groups=[circle.group])
    return keep


@transaction
def offer_claim(group: Group, participant_id: int, *, by: Account) -> str:
    """Return the key of a link by which a person takes a nameless seat as their own, once.

    A new link replaces the one before. Raises NotTheirs, also for a seat with a name.
    """
    circle, chair = _find(group, participant_id, by)
    if chair.alias is not None:
        raise NotTheirs
    key = secrets.token_urlsafe(KEY_BYTES)
    chair.claim_hash = hash_of(key)
    note("offer_claim", by=by, groups=[circle.group])
    return key


def _find(group: Group, participant_id: int, by: Account) -> tuple[Circle, ParticipantRecord]:
    """Lock the group and return its circle with one person in it. Raises NotTheirs."""
    circle = Circle(hold_circle(group.id, by))
    person = next((one for one in circle.people if one.id == participant_id), None)
    if person is None:
        raise NotTheirs
    return circle, person


def _take_chair(circle: Circle, number: int | None = None) -> ParticipantRecord:
    if circle.line:
        raise PeopleWait
    seat = circle.seat_for_known()
    if seat is None:
        raise NoChairLeft(circle.group.capacity)
    if number in SEAT_NUMBERS and number not in {one.seat for one in circle.seated}:
        seat = number
    chair = ParticipantRecord(seat=seat, joined_on=circle.group.day_of(clock.now()))
    circle.add(chair)
    db.session.flush()
    return chair
