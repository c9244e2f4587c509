"""The rules that always hold, asked of the rows themselves: after a restore, and by `doctor`."""

from sqlalchemy import func, select, text

from app.db import db
from app.domain.seating import SEATS
from app.records.groups import Group
from app.records.participants import ParticipantRecord
from app.records.weeks import DeviationRecord


def broken_rules() -> list[str]:
    """Return which rules do not hold, each by a word; none of them should."""
    seats = (
        select(ParticipantRecord.group_id)
        .where(ParticipantRecord.seat.is_not(None))
        .group_by(ParticipantRecord.group_id)
        .having(func.count() > SEATS)
    )
    twice = (
        select(ParticipantRecord.group_id)
        .where(ParticipantRecord.seat.is_not(None))
        .group_by(ParticipantRecord.group_id, ParticipantRecord.seat)
        .having(func.count() > 1)
    )
    weeks = (
        select(DeviationRecord.group_id)
        .group_by(DeviationRecord.group_id, DeviationRecord.week)
        .having(func.count() > 1)
    )
    lost = select(ParticipantRecord.id).where(ParticipantRecord.group_id.not_in(select(Group.id)))
    asked = {
        "more_than_twelve_seats": seats,
        "a_seat_held_twice": twice,
        "a_week_that_differs_twice": weeks,
        "a_participant_of_no_group": lost,
    }
    broken = [word for word, query in asked.items() if db.session.execute(query.limit(1)).first()]
    if (
        db.engine.dialect.name == "sqlite"
        and db.session.execute(text("PRAGMA foreign_key_check")).first()
    ):
        broken.append("a_row_that_points_at_nothing")
    return broken
