"""What an office is told by the day is of yesterday after this."""

from datetime import timedelta

from app.db import db
from app.records.tallies import MovedToday, Occupancy


def let_a_night_pass() -> None:
    """Let what moved be of the day before; within an app context."""
    for moved in db.session.query(MovedToday):
        moved.day -= timedelta(days=1)
    for occupied in db.session.query(Occupancy).filter(Occupancy.moved_on.is_not(None)):
        occupied.moved_on -= timedelta(days=1)
    db.session.commit()
