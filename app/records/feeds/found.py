"""What a feed's key leads to, in one query, and the listing to write it from."""

import uuid
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import BindParameter, Select, bindparam, or_, select

from app.db import db
from app.domain.feeds.appointment import Stamp
from app.domain.feeds.feed import FeedKind, Window
from app.domain.keys import hash_of
from app.domain.listing import Listing
from app.domain.meeting import Status
from app.records.asked.columns import read_columns
from app.records.groups import Group
from app.records.listings import listings_of, schedule_of, with_fellowship
from app.records.participants import ParticipantRecord


@dataclass(frozen=True)
class FoundFeed:
    """All that an answer without a body needs to know."""

    group_id: int
    kind: FeedKind
    namespace: uuid.UUID
    revision: int
    """Rises whenever this feed may tell something else."""
    changed_at: datetime
    floor: Stamp
    """Of its events that have no stamp of their own."""
    zone: ZoneInfo
    status: Status
    status_since: date
    listed: bool
    is_personal: bool = False
    """A participant's own: for nobody else, so never kept."""
    shows_all: bool = False
    """Also what the public does not see of a place: its reader has a seat."""
    participant_id: int | None = None


_COLUMNS = (
    Group.id,
    Group.feed_key,
    Group.feed_uuid,
    Group.discreet_uuid,
    Group.calendar_rev,
    Group.calendar_changed_at,
    Group.floor_rev,
    Group.floor_at,
    Group.discreet_rev,
    Group.discreet_at,
    Group.zone,
    Group.status,
    Group.status_since,
    Group.listed,
)


_KEY: BindParameter[str] = bindparam("key")
FEED_ROW: Select[*tuple[Any, ...]] = select(*_COLUMNS).where(
    or_(Group.feed_key == _KEY, Group.discreet_key == _KEY)
)
"""The row that decides all bytes of a group's feed, by its `key`."""


def find_feed(key: str) -> FoundFeed | None:
    """Return what a group's key, or its discreet key, leads to. One query."""
    row = next(iter(read_columns(FEED_ROW, {"key": key})), None)
    if row is None:
        return None
    is_named = row.feed_key == key
    return _found(row, is_named, row.feed_uuid if is_named else row.discreet_uuid)


def find_personal_feed(key: str) -> FoundFeed | None:
    """Return what the key of a participant's own feed, or its discreet twin, leads to. One query.

    Its events have names of their own, so that it may stand beside the group's in one calendar,
    and nobody who sees both can tell that they belong together.
    """
    person, key_hash = ParticipantRecord, hash_of(key)
    row = db.session.execute(
        select(*_COLUMNS, person.id.label("person"), person.feed_hash, person.seat, person.hold)
        .join(Group, Group.id == person.group_id)
        .where(or_(person.feed_hash == key_hash, person.discreet_hash == key_hash))
    ).one_or_none()
    if row is None:
        return None
    is_named = row.feed_hash == key_hash
    namespace = uuid.uuid5(row.feed_uuid if is_named else row.discreet_uuid, key)
    shows_all = row.seat is not None and row.hold is None
    found = _found(row, is_named, namespace)
    return replace(found, is_personal=True, shows_all=shows_all, participant_id=row.person)


def feed_among_others(group: Group, kind: FeedKind, calendar: str) -> FoundFeed:
    """Return a group's feed as a part of a calendar of several; `calendar` is what tells it apart.

    Its events have names of their own in each such calendar: two feeds with the same UID in one
    account clash (nextcloud/calendar#5277), and who follows a selection may follow the group too.
    """
    is_named = kind is FeedKind.NAMED
    namespace = uuid.uuid5(group.feed_uuid if is_named else group.discreet_uuid, calendar)
    return _found(group, is_named, namespace)


def _found(row: Any, is_named: bool, namespace: uuid.UUID) -> FoundFeed:
    """Return the feed of a row that has the columns of its group."""
    stands = (row.calendar_rev, row.calendar_changed_at)
    discreet = stands if row.discreet_rev is None else (row.discreet_rev, row.discreet_at)
    revision, changed_at = stands if is_named else discreet
    return FoundFeed(
        group_id=row.id,
        kind=FeedKind.NAMED if is_named else FeedKind.DISCREET,
        namespace=namespace,
        revision=revision,
        changed_at=changed_at,
        floor=Stamp(*(stands if row.floor_rev is None else (row.floor_rev, row.floor_at))),
        zone=ZoneInfo(row.zone),
        status=Status(row.status),
        status_since=row.status_since,
        listed=row.listed,
    )


def listing_in_window(group_id: int, window: Window, *, shows_all: bool = False) -> Listing:
    """Return a group's listing with what is known of the weeks of a window. Seven queries.

    `shows_all`, for who has a seat for good, puts each place into it whole: five queries more.
    """
    group = db.session.get_one(Group, group_id, options=[with_fellowship()])
    weeks = (window.first, window.last)
    [listing] = listings_of([group], weeks, with_contacts=False)
    if not shows_all:
        return listing
    return replace(listing, schedule=schedule_of(group, weeks, public=False))
