"""A fellowship draws its regions: what groups lie in each follows at once, and nothing of a group changes."""

from collections.abc import Sequence

from app.actions.parts.transaction import hold_fellowship, note, transaction
from app.db import db
from app.domain.geography.region import (
    MOST_REGIONS,
    PartIsElsewhere,
    RegionNameInUse,
    RegionPart,
    TooManyRegions,
    part_in_words,
)
from app.domain.refusal import NotTheirs
from app.domain.roles import RegionHasOfficers
from app.records.accounts import Account
from app.records.fellowships import Fellowship
from app.records.group_lists.sight import regional_officers_of
from app.records.regions import Region, regions_of


@transaction
def draw_region(
    fellowship: Fellowship, name: str, parts: Sequence[RegionPart], *, by: Account
) -> Region:
    """Draw a new region. Raises RegionNameInUse, PartIsElsewhere, TooManyRegions, NotTheirs."""
    fellowship = hold_fellowship(fellowship.id, by)
    others = regions_of(fellowship.id)
    if len(others) >= MOST_REGIONS:
        raise TooManyRegions
    _check_apart(name, parts, others)
    region = Region(fellowship_id=fellowship.id, name=name, kept_parts=_kept(parts))
    db.session.add(region)
    db.session.flush()
    note("draw_region", by=by, fellowship_id=fellowship.id, after=_told(region))
    return region


@transaction
def redraw_region(
    fellowship: Fellowship,
    region_id: int,
    name: str,
    parts: Sequence[RegionPart],
    *,
    by: Account,
) -> None:
    """Give a region another name or other parts. Raises RegionNameInUse, PartIsElsewhere, NotTheirs."""
    fellowship = hold_fellowship(fellowship.id, by)
    regions = {one.id: one for one in regions_of(fellowship.id)}
    region = regions.pop(region_id, None)
    if region is None:
        raise NotTheirs
    _check_apart(name, parts, list(regions.values()))
    before = _told(region)
    region.name, region.kept_parts = name, _kept(parts)
    note("redraw_region", by=by, fellowship_id=fellowship.id, before=before, after=_told(region))


@transaction
def erase_region(fellowship: Fellowship, region_id: int, *, by: Account) -> None:
    """Erase a region that has no officers; its groups stay, and lie in none.

    Raises RegionHasOfficers, NotTheirs.
    """
    fellowship = hold_fellowship(fellowship.id, by)
    region = next((one for one in regions_of(fellowship.id) if one.id == region_id), None)
    if region is None:
        raise NotTheirs
    if any(role.region_id == region.id for role in regional_officers_of(fellowship.id)):
        raise RegionHasOfficers
    db.session.delete(region)
    note("erase_region", by=by, fellowship_id=fellowship.id, before=_told(region))


def _check_apart(name: str, parts: Sequence[RegionPart], others: Sequence[Region]) -> None:
    for other in others:
        if other.name.casefold() == name.casefold():
            raise RegionNameInUse
        for part in parts:
            if part in other.parts:
                raise PartIsElsewhere(part_in_words(part), other.name)


def _kept(parts: Sequence[RegionPart]) -> list[list[str]]:
    return [[str(part.kind), part.value] for part in parts]


def _told(region: Region) -> dict[str, str]:
    return {"region": region.name, "drawn_of": ", ".join(map(part_in_words, region.parts))}
