"""Forgetting: what was kept of people long enough is asked after, or erased."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import count
from typing import Any, cast

from sqlalchemy import CursorResult, Delete, Update, and_, delete, or_, select, tuple_, update
from sqlalchemy.sql.elements import ColumnElement

from app import clock
from app.actions.parts.derived.kept_rows import AT_ONCE, table_of
from app.actions.parts.endings import end_page
from app.actions.parts.held_circle import Circle, release_hold, tell
from app.actions.parts.news.followers import tell_follower
from app.actions.parts.timer.duties import each, in_turns
from app.actions.parts.transaction import hold_group
from app.db import Base, db, erased, tidy, writing
from app.domain import retention
from app.domain.exchange.undo import DRAFT_KEPT, UNDONE_WITHIN
from app.domain.feeds.feed import WEEKS_SEEN_BACK
from app.domain.meeting import Status
from app.domain.news.following import Way
from app.domain.retention import Ending, Step, next_step
from app.domain.week import Week
from app.domain.zones import day_at_home
from app.records.accounts import FailedLogin, Login
from app.records.changes import Change
from app.records.evenings import Absence, Guests, TaskTaken
from app.records.exchange.list_drafts import ListDraft
from app.records.exchange.list_imports import ListImport
from app.records.exchange.list_runs import ListRun
from app.records.feeds.stamps import EventStamp
from app.records.followers import Follower
from app.records.founding_requests import requests_that_may_be_over
from app.records.groups import Group
from app.records.holidays import HolidayAnswer
from app.records.inside.announcements import Announcement
from app.records.invitations import Invitation
from app.records.letters import Letter
from app.records.links import Link
from app.records.participants import ParticipantRecord, groups_with_silent_people
from app.records.proposals import Proposal
from app.records.seats.ended_pages import EndedPage
from app.records.tallies import MovedToday


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
    is_whole: bool = True
    """No group failed."""


def forget(now: datetime) -> Forgotten:
    """Do all that is due at an aware instant; a second run finds nothing left to do.

    One transaction for each group, and for every AT_ONCE rows of the rest: nobody waits for long.
    Then SQLite's log is emptied, so that what was deleted is gone from the disk too. A group that
    fails stops no other; the log names it.
    """
    done = Forgotten()
    done.is_whole = each(
        "forget", lambda one: _ask_or_erase(one, done), groups_with_silent_people(day_at_home(now))
    )
    _forget_evenings(day_at_home(now))
    done.letters = _forget_letters(now)
    done.changes = _delete(Change, Change.at <= now - retention.CHANGE)
    with writing():
        done.requests = _forget_requests(now)
        _forget_followers(now)
        erased()
    _forget_proposals(now)
    _delete(Announcement, Announcement.said_at <= now - retention.ANNOUNCEMENT)
    _forget_what_is_over(now)
    _forget_lists(now)
    tidy()
    return done


def _ask_or_erase(group_id: int, done: Forgotten) -> None:
    with writing():
        _ask_or_erase_in(group_id, done)


def _ask_or_erase_in(group_id: int, done: Forgotten) -> None:
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
                end_page(person, Ending.ERASED, group)
                _erase_name(person)
                erased()
                done.names += 1
            case Step.LEAVE_LINE:
                tell(person, "seat_ended", group=group, values={"reason": "silent"})
                circle.remove(person, Ending.SILENT)
                done.places_in_line += 1
    circle.settle()


def _due(person: ParticipantRecord, today: date) -> Step | None:
    if person.alias is None:
        return None
    return next_step(
        waits=person.seat is None,
        is_reached=person.is_reached and person.wants_letters,
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
    person.mail_refused_at = None
    person.wants_letters = person.is_willing = person.is_looking = False
    person.language = "nl"
    db.session.execute(delete(Letter).where(Letter.participant_id == person.id))
    db.session.execute(delete(Absence).where(Absence.participant_id == person.id))
    db.session.execute(
        update(TaskTaken).where(TaskTaken.participant_id == person.id).values(participant_id=None)
    )


def _forget_lists(now: datetime) -> None:
    """Forget lists that nobody took over, and what was before an import that cannot be undone."""
    _delete(ListDraft, ListDraft.made_at <= now - DRAFT_KEPT)
    _delete(ListRun, ListRun.made_at <= now - DRAFT_KEPT)
    _delete(ListImport, ListImport.made_at <= now - UNDONE_WITHIN)


def _forget_evenings(today: date) -> None:
    """Forget who stayed away and who made tea: seven days after the last day of the week."""
    last = Week.of(today - retention.EVENING) + -1
    for table in (Absence, TaskTaken, Guests):
        _delete(table, table.week <= last)
    in_no_feed = Week.of(today) + -(WEEKS_SEEN_BACK + 2)
    _delete(EventStamp, EventStamp.week <= in_no_feed)


def _forget_letters(now: datetime) -> int:
    """Erase letters that were sent or given up; a key against sending twice outlives its letter."""
    over = now - retention.LETTER
    old = or_(Letter.sent_at <= over, Letter.given_up_at <= over)
    has_key = and_(old, Letter.dedupe_key.is_not(None), Letter.kind != "")
    emptied = _some_by_some(
        Letter,
        has_key,
        lambda these: (
            update(Letter)
            .where(these)
            .values(kind="", recipient="", values={})
            .execution_options(synchronize_session=False)
        ),
    )
    _delete(Letter, Letter.written_at <= now - retention.CHANGE)
    return emptied + _delete(Letter, and_(old, Letter.dedupe_key.is_(None)))


def _forget_requests(now: datetime) -> int:
    over = [one for one in requests_that_may_be_over(now) if one.ends() <= now]
    for request in over:
        db.session.delete(request)
    db.session.flush()
    return len(over)


def _forget_followers(now: datetime) -> None:
    """Forget who did not say yes, or did so too long ago; ask by mail, a month before, once."""
    row = Follower
    unsaid = and_(row.confirmed_at.is_(None), row.used_at <= now - retention.FOLLOW_UNCONFIRMED)
    closed = and_(
        Group.status == Status.CLOSED,
        Group.status_since <= day_at_home(now) - retention.FOLLOWED_CLOSED,
    )
    unused = row.used_at <= now - retention.FOLLOWED_UNUSED
    over = select(row).join(Group).where(or_(unsaid, unused, closed))
    for follower in db.session.scalars(over):
        db.session.delete(follower)
    db.session.flush()
    asked = row.used_at <= now - (retention.FOLLOWED_UNUSED - retention.SILENCE)
    for follower in db.session.scalars(select(row).where(row.way == Way.MAIL, asked)):
        since = follower.used_at
        tell_follower(
            follower, "follow_still", dedupe_key=f"follow_still:{follower.id}:{since:%Y%m%d}"
        )


def _forget_proposals(now: datetime) -> None:
    answered = Proposal.answered_at <= now - retention.PROPOSAL_ANSWERED
    _delete(Proposal, or_(answered, Proposal.sent_at <= now - retention.PROPOSAL_OPEN))


def _forget_what_is_over(now: datetime) -> None:
    over = now - retention.LINK
    _delete(Link, and_(Link.expires_at <= over, Link.kind != "confirm"))
    # They say how often whom was asked in vain, and whom to leave in peace.
    _delete(Link, Link.expires_at <= now - retention.CHANGE)
    _delete(Invitation, Invitation.expires_at <= over)
    _delete(EndedPage, EndedPage.ended_on <= day_at_home(now) - retention.ENDED_PAGE)
    _delete(MovedToday, MovedToday.day < day_at_home(now))
    _delete(Login, Login.ended_at <= over)
    _delete(FailedLogin, FailedLogin.at <= over)
    _delete(HolidayAnswer, HolidayAnswer.last_day <= day_at_home(now) - retention.CHANGE)


def _delete(record: type[Base], which: ColumnElement[bool]) -> int:
    """Delete rows, AT_ONCE in a transaction; return how many those were."""
    return _some_by_some(record, which, lambda these: delete(record).where(these))


def _some_by_some(
    record: type[Base],
    which: ColumnElement[bool],
    statement: Callable[[ColumnElement[bool]], Delete | Update],
) -> int:
    """Run a statement over rows, AT_ONCE in a transaction; return how many those were.

    They are looked for before: a whole table may have to be read, and nobody waits for that.
    """
    key, found = table_of(record).primary_key.columns, 0
    for _turn in in_turns(count()):
        keys = db.session.execute(select(*key).where(which).limit(AT_ONCE)).all()
        if keys:
            these = tuple_(*key).in_([tuple(one) for one in keys])
            with writing():
                done = db.session.execute(statement(and_(these, which)))
            found += cast(CursorResult[Any], done).rowcount
        if len(keys) < AT_ONCE:
            break
    return found
