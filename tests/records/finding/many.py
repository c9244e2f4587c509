"""So many groups that to read them all is dearer than any index."""

from datetime import date, datetime, timedelta

from sqlalchemy import insert, select

from app.db import db
from app.domain.week import Week
from app.domain.zones import day_at_home
from app.records.findables import FindableKind, FindableRecord, FindableWord
from app.records.finding.coming import ComingMeeting
from app.records.groups import Group


def many_rows(now: datetime) -> None:
    """Make so many rows that reading them all is dearer than any index, and let it be known."""
    like = dict(db.session.execute(select(FindableRecord.__table__)).first()._mapping)
    monday = select(ComingMeeting.__table__).where(ComingMeeting.week == Week.of(day_at_home(now)))
    meeting = dict(db.session.execute(monday).first()._mapping)
    group_id = like["group_id"]
    fellowship_id = like["fellowship_id"]
    numbers = range(10_000, 16_000)
    db.session.execute(
        insert(Group.__table__),
        [
            {
                "id": number, "slug": f"g-{number}", "name": "Groep", "status": "active",
                "fellowship_id": fellowship_id, "status_since": date(2026, 1, 5),
                "created_at": now, "town": f"Plaats {number % 900}", "province": f"Streek {number % 12}",
                "subject": ("alcohol", "drugs", "gambling")[number % 3],
                "audience": "relatives" if number % 8 == 0 else "everyone", "calendar_changed_at": now,
            }
            for number in numbers
        ],
    )  # fmt: skip
    db.session.execute(
        insert(FindableRecord.__table__),
        [
            like | {
                "group_id": number, "latitude": 50.8 + number * 0.0087 % 2.6,
                "longitude": 3.5 + number * 0.0131 % 3.5,
            }
            for number in numbers
        ],
    )  # fmt: skip
    db.session.execute(
        insert(ComingMeeting.__table__),
        [
            meeting | {
                "group_id": number, "day": day_at_home(now) + timedelta(days=number % 7),
                "starts": meeting["starts"] + timedelta(days=number % 7),
                "ends": meeting["ends"] + timedelta(days=number % 7),
            }
            for number in numbers
        ],
    )  # fmt: skip
    db.session.execute(
        insert(FindableWord.__table__),
        [{"word": f"woord{number}", "group_id": group_id} for number in range(4_000)],
    )
    db.session.execute(
        insert(FindableKind.__table__),
        [{"kind": f".c{number % 400}", "group_id": number} for number in numbers],
    )
    db.session.commit()
    if db.engine.dialect.name == "postgresql":
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("ANALYZE")
