"""Writing a group in preparation, in the transaction that founds it."""

from datetime import timedelta

from app import clock
from app.actions.parts.transaction import keep_open
from app.db import db
from app.domain.founding import seating_at_first
from app.domain.geography.whereabouts import spot_of_town
from app.domain.listing import Audience
from app.domain.meeting import Status
from app.domain.slug import free_slug
from app.records.fellowships import Fellowship
from app.records.groups import Group, find_founded, slug_is_taken

ONE_DEED = timedelta(minutes=1)
"""Within this long the same group founded again is the same deed."""


def write_group(fellowship: Fellowship, *, name: str, town: str) -> Group:
    """Put a group in preparation into the tables, without place, time or coordinator yet.

    Raises FellowshipIsClosed.
    """
    keep_open(fellowship.id)
    spot = spot_of_town(town)
    now = clock.now()
    group = Group(
        slug=free_slug(name, slug_is_taken),
        name=name,
        fellowship_id=fellowship.id,
        status=Status.PREPARING,
        status_since=fellowship.day_of(now),
        status_at=now,
        audience=fellowship.audience,
        subject=fellowship.subject,
        seating=seating_at_first(Audience(fellowship.audience)),
        language=fellowship.language,
        zone=fellowship.zone,
        town=town,
        province=spot.province if spot else "",
        created_at=now,
        calendar_changed_at=now,
    )
    db.session.add(group)
    db.session.flush()
    return group


def founded_just_now(fellowship_id: int, *, name: str, town: str) -> Group | None:
    """Return the group that was founded by this name a moment ago: somebody pressed twice."""
    return find_founded(fellowship_id, name=name, town=town, since=clock.now() - ONE_DEED)
