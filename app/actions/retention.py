"""Forgetting: what was kept of people long enough is asked after, or erased."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast

from sqlalchemy import CursorResult, Delete, Update, delete, or_, update

from app import clock
from app.actions.line import Circle, release_hold, tell
from app.actions.transaction import hold_group
from app.db import db, erased, tidy, writing
from app.domain import retention
from app.domain.retention import Step, next_step
from app.domain.week import Week
from app.records.accounts import FailedLogin, Login
from app.records.calendars import HolidayAnswer
from app.records.changes import Change
from app.records.evenings import Absence, Guests, TaskTaken
from app.records.founding_requests import requests_that_may_be_over
from app.records.invitations import Invitation
from app.records.letters import Letter
from app.records.links import Link
from app.records.participants import ParticipantRecord, groups_with_silent_people
from app.records.proposals import Proposal


@dataclass
class Forgotten:
    """What one run did."""

    asked: int = 0
    names: int = 0
    places_in_line: int = 0
    letters: int = 0
    changes: int = 0
    requests: int = 0
    """For a group."""


def forget(now: datetime) -> Forgotten:
    """Do all that is due at an aware instant; a second run finds nothing left to do.

    One transaction for each group, and one for the rest. Then SQLite's file is written anew and
    its log emptied, so that what was deleted is gone from the disk too.
    """
    done = Forgotten()
    for group_id in groups_with_silent_people(now.date()):
        with writing():
            _ask_or_erase(group_id, done)
            erased()
    with writing():
        _forget_evenings(now.date())
        done.letters = _forget_letters(now)
        done.changes = _forget_changes(now)
        done.requests = _forget_requests(now)
        _forget_proposals(now)
        _forget_what_is_over(now)
        erased()
    tidy()
    return done


def _ask_or_erase(group_id: int, done: Forgotten) -> None:
    group = hold_group(group_id, None)
    circle = Circle(group)
    today = group.day_of(clock.now())
    for person in list(circle.people):
        match _due(person, today):
            case Step.ASK:
                person.asked_on = today
                tell(person, "still_with_us", group=group, values={"waits": person.seat is None})
                done.asked += 1
            case Step.ERASE_NAME:
                _erase_name(person)
                done.names += 1
            case Step.LEAVE_LINE:
                tell(person, "seat_ended", group=group, values={"reason": "silent"})
                circle.remove(person)
                done.places_in_line += 1
    circle.settle()


def _due(person: ParticipantRecord, today: date) -> Step | None:
    if person.alias is None:
        return None
    return next_step(
        waits=person.seat is None,
        has_contact=person.contact is not None,
        heard_on=person.confirmed_on or person.joined_on,
        asked_on=person.asked_on,
        today=today,
    )


def _erase_name(person: ParticipantRecord) -> None:
    """Leave a seat taken without a name: nothing points to a person any more."""
    release_hold(person)
    for name in ("alias", "contact", "key", "key_hash", "ask_key", "consent_at", "consent_text"):
        setattr(person, name, None)
    person.alias_number = person.feed_number = 1
    person.feed_hash = person.discreet_hash = person.asked_on = person.invited_to = None
    person.wants_letters = person.is_willing = person.is_looking = False
    person.language = "nl"
    db.session.execute(delete(Letter).where(Letter.participant_id == person.id))
    db.session.execute(delete(Absence).where(Absence.participant_id == person.id))
    db.session.execute(
        update(TaskTaken).where(TaskTaken.participant_id == person.id).values(participant_id=None)
    )


def _forget_evenings(today: date) -> None:
    """Forget who stayed away and who made tea: seven days after the last day of the week."""
    last = Week.of(today - retention.EVENING) + -1
    for table in (Absence, TaskTaken, Guests):
        db.session.execute(delete(table).where(table.week <= last))


def _forget_letters(now: datetime) -> int:
    """Erase letters that were sent or given up; a key against sending twice outlives its letter."""
    over = now - retention.LETTER
    old = or_(Letter.sent_at <= over, Letter.given_up_at <= over)
    emptied = _rows(
        update(Letter)
        .where(old, Letter.dedupe_key.is_not(None), Letter.kind != "")
        .values(kind="", recipient="", values={})
        .execution_options(synchronize_session=False)
    )
    _rows(delete(Letter).where(Letter.written_at <= now - retention.CHANGE))
    return emptied + _rows(delete(Letter).where(old, Letter.dedupe_key.is_(None)))


def _forget_changes(now: datetime) -> int:
    return _rows(delete(Change).where(Change.at <= now - retention.CHANGE))


def _forget_requests(now: datetime) -> int:
    over = [one for one in requests_that_may_be_over(now) if one.ends() <= now]
    for request in over:
        db.session.delete(request)
    db.session.flush()
    return len(over)


def _forget_proposals(now: datetime) -> None:
    answered = Proposal.answered_at <= now - retention.PROPOSAL_ANSWERED
    db.session.execute(
        delete(Proposal).where(or_(answered, Proposal.sent_at <= now - retention.PROPOSAL_OPEN))
    )


def _forget_what_is_over(now: datetime) -> None:
    over = now - retention.LINK
    db.session.execute(delete(Link).where(Link.expires_at <= over, Link.kind != "confirm"))
    # They say how often whom was asked in vain, and whom to leave in peace.
    db.session.execute(delete(Link).where(Link.expires_at <= now - retention.CHANGE))
    db.session.execute(delete(Invitation).where(Invitation.expires_at <= over))
    db.session.execute(delete(Login).where(Login.ended_at <= over))
    db.session.execute(delete(FailedLogin).where(FailedLogin.at <= over))
    db.session.execute(
        delete(HolidayAnswer).where(HolidayAnswer.last_day <= now.date() - retention.CHANGE)
    )


def _rows(statement: Delete | Update) -> int:
    """Run it and return how many rows it touched."""
    return cast(CursorResult[Any], db.session.execute(statement)).rowcount
