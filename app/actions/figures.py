"""Counting all figures anew, from the rows that they are kept from."""

from sqlalchemy import delete, insert, select

from app import clock
from app.actions.rows import table_of
from app.actions.tallies import keep_tallies
from app.actions.transaction import note, transaction
from app.db import db
from app.domain.week import Week
from app.domain.zones import HOME
from app.records.fellowships import Fellowship
from app.records.groups import Group
from app.records.tallies import Contribution, Tally, begun, sums_of, tally_row


@transaction
def recount_figures() -> int:
    """Make all kept figures anew from groups, seats and head counts.

    Returns how many were wrong. What no row tells (the history of statuses, since when a group is
    full) stays as it is kept. It holds every fellowship and group: run it when few are at work.
    """
    # Founding a group holds its fellowship: whatever is not committed yet would be lost here.
    fellowships = select(Fellowship.id).order_by(Fellowship.id).with_for_update(key_share=True)
    db.session.scalars(fellowships).all()
    everyone = list(db.session.scalars(select(Group.id).order_by(Group.id).with_for_update()))
    this = Week.at(clock.now(), HOME)
    kept = begun(sums_of(Tally), this)
    keep_tallies(everyone, everyone)
    sums = sums_of(Contribution)
    right = begun(sums, this)
    wrong = [cell for cell in kept.keys() | right.keys() if kept.get(cell) != right.get(cell)]
    db.session.execute(delete(Tally))
    if sums:
        rows = [tally_row(cell, amount) for cell, amount in sums.items()]
        db.session.execute(insert(table_of(Tally)), rows)
    note("recount_figures", by=None, after={"wrong": len(wrong)})
    return len(wrong)
