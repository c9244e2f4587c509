"""Groups themselves, as what follows from a deed asks for them."""

from collections.abc import Collection

from sqlalchemy import bindparam, select
from sqlalchemy.orm import joinedload

from app.records.asked.once import rows_once
from app.records.groups import Group

_BY_ID = (
    select(Group)
    .where(Group.id.in_(bindparam("groups", expanding=True)))
    .order_by(Group.id)
    .options(joinedload(Group.fellowship))
)


def groups_by_id(ids: Collection[int]) -> list[Group]:
    """Return groups with their fellowships, in order. One query; none for what a deed asked already."""
    return [group for (group,) in rows_once(_BY_ID, {"groups": [*ids]}, Group)]
