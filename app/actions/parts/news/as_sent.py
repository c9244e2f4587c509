"""Letters say what is so when they are sent: each kind that may have been overtaken is asked again."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import select

from app import clock
from app.actions.parts.news.coordinators import TO_COORDINATORS
from app.actions.parts.news.followers import to_follower
from app.actions.parts.news.seated import due_again, evenings_as_sent, turns_as_sent
from app.actions.parts.news.weekly import as_it_is_sent
from app.actions.parts.transaction import hold_group
from app.db import db
from app.domain.meeting import Status
from app.domain.seating import Hold
from app.domain.status_change import news_of
from app.domain.week import Week
from app.records.groups import Group
from app.records.inside.announcements import Announcement
from app.records.letters import Letter
from app.records.listings import AHEAD, schedule_of
from app.records.participants import ParticipantRecord, position_in_line

Values = dict[str, Any]
_TO_COORDINATORS = TO_COORDINATORS | {"weekly": as_it_is_sent}
STANDING = ("group_stands", "group_starts", "seat_ended")
"""How a group stands: of several, the last one is told, to who did not know it."""


def as_sent(letter_id: int, leased_until: datetime) -> tuple[Letter, Values] | None:
    """Return a letter with what it says now, or None when there is nothing to send.

    What has nothing left to say is taken out of the outbox, as are others that this one says the
    same of; one that has time is put off. `leased_until` is that of this run. Within a
    transaction: whatever it tells of is locked first.
    """
    letter = db.session.get(Letter, letter_id, populate_existing=True)
    if letter is None:  # erased meanwhile, with its reader
        return None
    if letter.participant_id is not None:
        return _to_participant(letter, leased_until)
    if letter.follower_id is not None:
        return to_follower(letter)
    if check := _TO_COORDINATORS.get(letter.kind):
        db.session.refresh(letter, with_for_update=True)
        return _unless_empty(letter, check(letter))
    return letter, letter.values


def _unless_empty(letter: Letter, values: Values | None) -> tuple[Letter, Values] | None:
    if values is None:
        db.session.delete(letter)
        return None
    return letter, values


def _to_participant(letter: Letter, leased_until: datetime) -> tuple[Letter, Values] | None:
    person = db.session.get(ParticipantRecord, letter.participant_id)
    if person is None:
        return None
    group = hold_group(person.group_id, None)
    db.session.refresh(person)
    db.session.refresh(letter)
    if letter.kind in STANDING and "was" in letter.values:
        return _unless_empty(letter, _standing(letter, person, group))
    if letter.kind in ("evening_changed", "slot_changed", "slot_begins"):
        return _news(letter, group, leased_until)
    if check := _OF_SEAT.get(letter.kind):
        return _unless_empty(letter, check(letter, person))
    return letter, letter.values


def _news(letter: Letter, group: Group, leased_until: datetime) -> tuple[Letter, Values] | None:
    this = Week.at(clock.now(), group.timezone)
    schedule = schedule_of(group, (this + -1, this + AHEAD), public=False)
    if letter.kind == "evening_changed":
        if "evenings" not in letter.values:  # written before letters were asked again
            return letter, letter.values | {"evenings": [letter.values]}
        together = _due_with(letter, leased_until)
        told = evenings_as_sent(together, group, schedule)
        letter.values = letter.values | {"evenings": _known_first(together)}
    else:
        together = _unsent(letter)
        letter.values = letter.values | {"known": together[0].values["known"]}
        told = turns_as_sent(together[:1], group, schedule)
        if told and letter.kind == "slot_begins" and (again := due_again(letter, schedule)):
            letter.due_at = again
            _drop(together, letter)
            return None
    _drop(together, letter)
    return _unless_empty(letter, None if told is None else letter.values | told)


def _unsent(letter: Letter) -> list[Letter]:
    """Return the letters of its kind to one person that are still to be sent, oldest first."""
    rows = select(Letter).where(
        Letter.participant_id == letter.participant_id,
        Letter.kind == letter.kind,
        Letter.sent_at.is_(None),
        Letter.given_up_at.is_(None),
    )
    return list(db.session.scalars(rows.order_by(Letter.id)))


def _due_with(letter: Letter, leased_until: datetime) -> list[Letter]:
    """Return the letters that this one is sent for: what is due as well, or of the same weeks."""
    weeks = {one["week"] for one in letter.values["evenings"]}
    return [
        one
        for one in _unsent(letter)
        if "evenings" in one.values
        and (
            one.due_at <= leased_until or weeks & {each["week"] for each in one.values["evenings"]}
        )
    ]


def _known_first(letters: list[Letter]) -> list[Values]:
    found: dict[str, Values] = {}
    for letter in letters:
        for one in letter.values["evenings"]:
            found.setdefault(one["week"], one)
    return [found[week] for week in sorted(found)]


def _drop(letters: list[Letter], kept: Letter) -> None:
    for letter in letters:
        if letter is not kept:
            db.session.delete(letter)


def _standing(letter: Letter, person: ParticipantRecord, group: Group) -> Values | None:
    """Return what the last of these letters says of a group to who knew how it stood before."""
    rows = select(Letter).where(
        Letter.participant_id == person.id,
        Letter.kind.in_(STANDING),
        Letter.sent_at.is_(None),
        Letter.given_up_at.is_(None),
    )
    together = [one for one in db.session.scalars(rows.order_by(Letter.id)) if "was" in one.values]
    if letter is not together[-1]:
        last = together[-1]
        last.values = last.values | {"was": letter.values["was"]}
        return None
    news = news_of(Status(letter.values["was"]), Status(group.status))
    if news is None:
        return None
    waits = person.seat is None and person.hold is None
    return letter.values | {"waits": waits, "held": person.hold == Hold.OFFERED}


def _seat_given(letter: Letter, person: ParticipantRecord) -> Values | None:
    if person.hold is None and person.seat is None:
        return None
    return letter.values | {"hold": person.hold}


def _in_line(letter: Letter, person: ParticipantRecord) -> Values | None:
    if person.wait_number is None or person.hold is not None:
        return None
    return letter.values | {"position": position_in_line(person)}


def _moved_up(letter: Letter, person: ParticipantRecord) -> Values | None:
    if person.hold != Hold.OFFERED or not _is_held(person):
        return None
    return letter.values | {"until": f"{_until(person):%Y-%m-%d}"}


def _hold_ends(letter: Letter, person: ParticipantRecord) -> Values | None:
    if person.hold not in (Hold.ASKED, Hold.OFFERED) or not _is_held(person):
        return None
    return letter.values | {"until": f"{_until(person):%Y-%m-%dT%H:%M}"}


def _is_held(person: ParticipantRecord) -> bool:
    return person.held_until is not None and person.held_until > clock.now()


def _until(person: ParticipantRecord) -> datetime:
    assert person.held_until is not None
    return person.held_until.astimezone(person.group.timezone)


def _announcement(letter: Letter, person: ParticipantRecord) -> Values | None:
    """Return what was said, unless it was taken back, or is not for this person any more."""
    one = db.session.get(Announcement, letter.values["announcement"])
    if one is None or not (person.is_settled or (one.for_line and person.hold is None)):
        return None
    return letter.values | {"words": one.words}


_OF_SEAT: dict[str, Callable[[Letter, ParticipantRecord], Values | None]] = {
    "seat_given": _seat_given,
    "in_line": _in_line,
    "moved_up": _moved_up,
    "hold_ends": _hold_ends,
    "announcement": _announcement,
}
