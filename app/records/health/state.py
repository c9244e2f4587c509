"""What an examination asks of the rows, and of the clock and lock of their database."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import case, func, select, text
from sqlalchemy.exc import OperationalError

from app.db import db
from app.domain.retention import Ending
from app.domain.seating import Hold
from app.domain.upkeep.fault import Fault
from app.domain.week import Week
from app.domain.zones import HOME, day_at_home
from app.records.changes import Change
from app.records.fellowships import Fellowship
from app.records.health.faults import fault_of
from app.records.letters import WRITTEN_BEFOREHAND, Letter
from app.records.participants import ParticipantRecord
from app.records.seats.ended_pages import EndedPage
from app.records.tallies import Contribution, Tally, begun, sums_of


def outbox(now: datetime) -> tuple[int, datetime | None, int]:
    """Return letters due and unsent, since when the oldest is due, and how many were given up in a day."""
    # Before its time a letter waits for nobody.
    since = case((Letter.kind.in_(WRITTEN_BEFOREHAND), Letter.due_at), else_=Letter.written_at)
    due = (Letter.sent_at.is_(None), Letter.given_up_at.is_(None), since <= now)
    waiting, oldest = db.session.execute(select(func.count(), func.min(since)).where(*due)).one()
    recent = select(func.count()).where(Letter.given_up_at > now - timedelta(days=1))
    return waiting, oldest, db.session.scalar(recent) or 0


def another_clock(now: datetime) -> datetime | None:
    """Return the database server's clock; of SQLite the newest change, when it is still to come."""
    if db.engine.dialect.name == "sqlite":
        newest = db.session.scalar(select(func.max(Change.at)))
        return newest if newest and newest > now else None
    told: datetime | None = db.session.scalar(text("SELECT now()"))
    return told.astimezone(UTC) if told else None


def without_controller() -> list[str]:
    """Return the fellowships that do not say who is responsible for the data, by their short names."""
    rows = select(Fellowship.slug).where(
        Fellowship.controller == "", Fellowship.closed_on.is_(None)
    )
    return list(db.session.scalars(rows.order_by(Fellowship.slug)))


def wrong_figures(now: datetime) -> int:
    """Return how many sums differ from what the groups add to them; writes nothing."""
    this = Week.at(now, HOME)
    kept, right = begun(sums_of(Tally), this), begun(sums_of(Contribution), this)
    return sum(kept.get(cell) != right.get(cell) for cell in kept.keys() | right.keys())


def lock_is_free() -> bool:
    """Tell whether a writer gets the lock of SQLite at once, or on PostgreSQL whether nobody waits long."""
    db.session.rollback()
    if db.engine.dialect.name != "sqlite":
        waits = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND now() - query_start > '3s'"
        return not db.session.scalar(text(waits))
    try:
        db.session.connection(execution_options={"sqlite_begin": "IMMEDIATE"})
    except OperationalError as error:
        if fault_of(error) is not Fault.DATABASE_BUSY:
            raise
        return False
    finally:
        db.session.rollback()
    return True


def holds_ended(now: datetime) -> int:
    """Return how many holds ended unconfirmed yesterday and today."""
    ended = (
        EndedPage.ending == Ending.UNCONFIRMED,
        EndedPage.ended_on >= day_at_home(now) - timedelta(days=1),
    )
    return db.session.scalar(select(func.count()).select_from(EndedPage).where(*ended)) or 0


def holds_overdue(now: datetime) -> int:
    """Return how many holds ran out more than ten minutes ago: no timer ended them."""
    over = ParticipantRecord.held_until < now - timedelta(minutes=10)
    greeted = ParticipantRecord.hold == Hold.GREETED
    return (
        db.session.scalar(select(func.count()).select_from(ParticipantRecord).where(over, ~greeted))
        or 0
    )
