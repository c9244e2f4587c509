"""What tests of head counts share, whoever they answer."""

from datetime import datetime

from flask import Flask

from app.db import db
from app.domain.week import Week
from app.records.groups import find_group
from app.records.head_counts import HeadCount, counts_of

TUESDAY = datetime.fromisoformat("2026-11-24T12:00+01:00")
WEEK = Week.parse("2026-W48")


def counts(app: Flask) -> list[tuple[Week, int]]:
    with app.app_context():
        return counts_of(find_group("oost").id, most=8)


def let_oost_count(app: Flask, **numbers: int) -> None:
    """Let Oost be asked, with numbers by how many weeks ago: ago_2=7."""
    with app.app_context():
        group = find_group("oost")
        group.counts_heads = True
        for ago, people in numbers.items():
            week = WEEK + -int(ago.removeprefix("ago_"))
            db.session.add(HeadCount(group_id=group.id, week=week, people=people))
        db.session.commit()
