"""What a feed's key leads to, in one query, and the listing to write it from."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import or_, select

from app.db import db
from app.domain.feed import FeedKind, Window
from app.domain.listing import Listing
from app.domain.meeting import Status
from app.records.groups import Group
from app.records.listings import listing_of, with_fellowship


@dataclass(frozen=True)
class FoundFeed:
    """All that an answer without a body needs to know."""

    group_id: int
    kind: FeedKind
    namespace: uuid.UUID
    revision: int
    changed_at: datetime
    zone: ZoneInfo
    status: Status
    status_since: date
    listed: bool


def find_feed(key: str) -> FoundFeed | None:
    """Return what a group's key, or its discreet key, leads to. One query."""
    row = db.session.execute(
        select(
            Group.id,
            Group.feed_key,
            Group.feed_uuid,
            Group.discreet_uuid,
            Group.calendar_rev,
            Group.calendar_changed_at,
            Group.zone,
            Group.status,
            Group.status_since,
            Group.listed,
        ).where(or_(Group.feed_key == key, Group.discreet_key == key))
    ).one_or_none()
    if row is None:
        return None
    is_named = row.feed_key == key
    return FoundFeed(
        group_id=row.id,
        kind=FeedKind.NAMED if is_named else FeedKind.DISCREET,
        namespace=row.feed_uuid if is_named else row.discreet_uuid,
        revision=row.calendar_rev,
        changed_at=row.calendar_changed_at,
        zone=ZoneInfo(row.zone),
        status=Status(row.status),
        status_since=row.status_since,
        listed=row.listed,
    )


def listing_in_window(group_id: int, window: Window) -> Listing:
    """Return a group's listing with what is known of the weeks of a window. Eight queries."""
    group = db.session.get_one(Group, group_id, options=[with_fellowship()])
    return listing_of(group, (window.first, window.last))
