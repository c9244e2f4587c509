"""Which groups of a fellowship lie in each of its regions."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, and_, case, func, literal, or_, select

from app.domain.geography.netherlands import NETHERLANDS
from app.domain.geography.region import Area, Town
from app.domain.place import Visibility
from app.records.group_lists.this_week import NOW, PLACE, with_slot
from app.records.groups import Group
from app.records.regions import NOWHERE, Region, regions_of


def by_region(fellowship_id: int, regions: Sequence[Region], today: date) -> Subquery:
    """Return the groups of a fellowship as `group_id`, each with its `region`, as a table to join.

    An address that the public does not see is not asked: of such a group its town decides.
    """
    areas = [(region.id, region.area) for region in regions]
    whens: list[tuple[ColumnElement[bool], Any]] = []
    for holds in (_at_postcode, _of_postcodes, _of_municipalities, _of_provinces):
        for key, area in areas:
            condition = holds(area)
            if condition is not None:
                whens.append((condition, key))
    region = case(*whens, else_=NOWHERE) if whens else literal(NOWHERE)
    query = select(Group.id.label("group_id"), region.label("region")).select_from(Group)
    return with_slot(query, today).where(Group.fellowship_id == fellowship_id).subquery()


def in_regions(fellowship_id: int, region_ids: Collection[int], today: date) -> Select[tuple[int]]:
    """Return the ids of the groups that lie in one of these regions. One query for what is drawn."""
    among = by_region(fellowship_id, regions_of(fellowship_id), today)
    return select(among.c.group_id).where(among.c.region.in_(sorted(region_ids)))


def in_region(fellowship_id: int, region_id: int, today: date) -> Select[tuple[int]]:
    """Return the ids of the groups that lie in a region, or in none. One query for what is drawn."""
    return in_regions(fellowship_id, (region_id,), today)


def _at_postcode(area: Area) -> ColumnElement[bool] | None:
    if not area.postcodes:
        return None
    digits = func.substr(PLACE.postcode, 1, 4)
    ranges = [digits.between(str(first), str(last)) for first, last in area.postcodes]
    seen = and_(NOW.visibility == Visibility.WHOLE, PLACE.country == NETHERLANDS)
    return and_(seen, or_(*ranges))


def _of_postcodes(area: Area) -> ColumnElement[bool] | None:
    return _in_towns(area.of_postcodes)


def _of_municipalities(area: Area) -> ColumnElement[bool] | None:
    return _in_towns(area.of_municipalities)


def _of_provinces(area: Area) -> ColumnElement[bool] | None:
    return Group.province.in_(sorted(area.provinces)) if area.provinces else None


def _in_towns(towns: frozenset[Town]) -> ColumnElement[bool] | None:
    by_province: dict[str, list[str]] = {}
    for name, province in sorted(towns):
        by_province.setdefault(province, []).append(name)
    ways = [
        and_(Group.province == province, Group.town.in_(names))
        for province, names in by_province.items()
    ]
    return or_(*ways) if ways else None
