"""A fellowship leaves with everything, and is read into another house: all of it, or nothing."""

from sqlalchemy import delete, select

from app.actions.parts.archive_rows import keep_addresses_apart, write_rows
from app.actions.parts.derived.in_step import keep
from app.actions.parts.derived.kept_rows import texts_at_once
from app.actions.parts.revision import calendar_follows
from app.actions.parts.transaction import hold_fellowship, hold_groups, note, transaction
from app.db import db
from app.domain.exchange.archive import (
    Archive,
    BrokenArchive,
    FellowshipHasMore,
    Flaw,
    Reach,
    Rows,
    without_seats,
)
from app.domain.refusal import NotTheirs
from app.domain.slug import NameInUse
from app.records.accounts import Account
from app.records.exchange.archived import rows_of
from app.records.exchange.list_sources import ListSource
from app.records.fellowships import Fellowship, ThemeTitle, find_fellowship
from app.records.group_lists.kept import KeptList
from app.records.groups import Group
from app.records.houses import groups_meeting_in
from app.records.places import PlaceRecord
from app.records.regions import Region


@transaction
def take_archive(fellowship: Fellowship, reach: Reach, *, by: Account | None) -> Archive:
    """Return everything of a fellowship, and write down that it was taken.

    Officers take what they may read: never the people of a group. Raises NotTheirs.
    """
    fellowship = hold_fellowship(fellowship.id, by)
    if by is not None and reach is not Reach.OFFICE:
        raise NotTheirs
    archive = Archive(fellowship.slug, reach, rows_of(fellowship, reach))
    after = {"reach": str(reach), "groups": len(archive.rows["groups"])}
    note("take_archive", by=by, fellowship_id=fellowship.id, after=after)
    return archive


@transaction
def read_archive_back(archive: Archive) -> Fellowship:
    """Write everything of an archive into this house, as a new fellowship or into an empty one.

    Its addresses and calendars answer here as they did there. Raises BrokenArchive,
    FellowshipHasMore, NameInUse, AddressesInUse.
    """
    rows = without_seats(archive.rows) if archive.reach is Reach.OFFICE else archive.rows
    empty = _empty_one(rows)
    keep_addresses_apart(rows)
    try:
        with calendar_follows(*_neighbours(rows)):
            ids = write_rows(rows, empty)
        keep(ids["groups"])
    except (ValueError, TypeError, LookupError, ArithmeticError) as error:
        raise BrokenArchive(Flaw.CONTENT) from error
    fellowship = db.session.get_one(Fellowship, ids["fellowship"][0])
    after = {"reach": str(archive.reach), "groups": len(ids["groups"])}
    note("read_archive_back", by=None, fellowship_id=fellowship.id, after=after)
    return fellowship


def _empty_one(rows: Rows) -> Fellowship | None:
    """Return the fellowship of this address, held and without anything of its own; None for a new one."""
    told = next(iter(rows.get("fellowship", ())), {})
    slug, name = (str(told.get(key, "")) for key in ("slug", "name"))
    others = select(Fellowship.id).where(Fellowship.name == name, Fellowship.slug != slug)
    if db.session.scalar(others) is not None:
        raise NameInUse(name)
    found = find_fellowship(slug)
    if found is None:
        return None
    found = hold_fellowship(found.id, None)
    for record in (Group, ListSource):
        if db.session.scalar(select(record.id).where(record.fellowship_id == found.id).limit(1)):
            raise FellowshipHasMore(found.name)
    for own in (ThemeTitle, KeptList, Region):
        db.session.execute(delete(own).where(own.fellowship_id == found.id))
    return found


def _neighbours(rows: Rows) -> list[Group]:
    """Return the groups here that meet in a house which the archive shuts for a while, held."""
    places = rows.get("place", [])
    shut = {row.get("place_id") for row in rows.get("closure", ())}
    houses = {str(row.get("house")) for number, row in enumerate(places, 1) if number in shut}
    found: set[int] = set()
    for some in texts_at_once(houses):
        here = select(PlaceRecord.id).where(PlaceRecord.house.in_(some))
        found |= groups_meeting_in(list(db.session.scalars(here)))
    return hold_groups(found, None)
