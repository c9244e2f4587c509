"""The standing time and the place of each group as this week has them, to join to a query."""

from datetime import date
from typing import Any

from sqlalchemy import Select, and_, func, select
from sqlalchemy.orm import aliased

from app.domain.week import Week
from app.records.groups import Group
from app.records.places import PlaceRecord
from app.records.slots import SlotRecord

NOW, PLACE = aliased(SlotRecord), aliased(PlaceRecord)


def with_slot(query: Select[Any], today: date) -> Select[Any]:
    """Join each group's slot of this week, or else its first, as NOW, and its place as PLACE."""
    since = select(func.max(SlotRecord.since)).where(
        SlotRecord.group_id == Group.id, SlotRecord.since <= Week.of(today)
    )
    first = select(func.min(SlotRecord.since)).where(SlotRecord.group_id == Group.id)
    holds = func.coalesce(
        since.correlate(Group).scalar_subquery(), first.correlate(Group).scalar_subquery()
    )
    joined = query.outerjoin(NOW, and_(NOW.group_id == Group.id, NOW.since == holds))
    return joined.outerjoin(PLACE, PLACE.id == NOW.place_id)
