"""The codes that groups have of lists from elsewhere."""

from collections import Counter

from sqlalchemy import select

from app.db import db
from app.records.groups import Group


def codes_kept(fellowship_id: int) -> Counter[tuple[str, str]]:
    """Return the (program, code) pairs of a fellowship's groups, each with how many have it. One query."""
    query = select(Group.codes).where(Group.fellowship_id == fellowship_id)
    return Counter(
        (program, code) for codes in db.session.scalars(query) for program, code in codes
    )
