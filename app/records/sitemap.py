"""The groups that search engines may find."""

from collections.abc import Sequence

from sqlalchemy import select

from app.db import db
from app.domain.meeting import Status
from app.records.groups import Group

MOST = 50_000 - 1_000
"""A sitemap holds 50,000 addresses at most (sitemaps.org); some are for other pages."""


def slugs_to_index() -> Sequence[str]:
    """Return the short names of listed groups that wish to be found, by id. One query."""
    query = (
        select(Group.slug)
        .where(Group.listed, Group.may_be_indexed, Group.status != Status.CLOSED)
        .order_by(Group.id)
        .limit(MOST)
    )
    return db.session.scalars(query).all()
