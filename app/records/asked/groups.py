"""Groups themselves, as what follows from a deed asks for them."""

from collections.abc import Collection, Iterator
from functools import cache

from sqlalchemy import Select, bindparam, inspect, select
from sqlalchemy.orm import joinedload
from sqlalchemy.orm.util import identity_key

from app.db import db, is_writing
from app.records.groups import Group


def groups_by_id(ids: Collection[int]) -> list[Group]:
    """Return groups with their fellowships, in order; who is gone is left out.

    One query, none within a deed that read them all.
    """
    if is_writing() and len(known := [*_known(ids)]) == len(ids):
        return known
    return list(db.session.scalars(_by_id(), {"groups": [*ids]}))


@cache
def _by_id() -> Select[Group]:
    wanted = select(Group).where(Group.id.in_(bindparam("groups", expanding=True)))
    return wanted.order_by(Group.id).options(joinedload(Group.fellowship))


def _known(ids: Collection[int]) -> Iterator[Group]:
    for id in sorted(ids):
        group = db.session.identity_map.get(identity_key(Group, id))
        if isinstance(group, Group):
            state = inspect(group)
            if not state.expired and "fellowship" in state.dict:
                yield group
