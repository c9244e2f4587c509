"""Which new rows of a list may be groups that the fellowship has already, from elsewhere."""

from collections.abc import Sequence

from app.domain.doubles import Site, doubles
from app.domain.imported import Alike, Entry
from app.domain.place import Kind
from app.records.imported import Beside

MOST_TOLD = 5


def likely_doubles(new: Sequence[Entry], beside: Sequence[Beside]) -> dict[str, tuple[Alike, ...]]:
    """Return by key of an entry the groups beside the list on its day and hour that may be it.

    They are of one fellowship: two of different ones in one house are none.
    """
    hours = {(one.weekday, one.start) for one in beside}
    among = [entry for entry in new if (entry.weekday, entry.start) in hours]
    if not among:
        return {}
    sites = [_of_entry(-number, entry) for number, entry in enumerate(among, 1)]
    found = doubles([*sites, *(_of_group(one) for one in beside)])
    known = {one.id: one for one in beside}
    return {
        entry.key: tuple(
            Alike(known[id].slug, known[id].name, likeness)
            for id, likeness in sorted(found.get(-number, {}).items())
            if id in known
        )[:MOST_TOLD]
        for number, entry in enumerate(among, 1)
    }


def _of_entry(number: int, entry: Entry) -> Site:
    place = entry.place if entry.place and entry.place.kind is not Kind.ONLINE else None
    return Site(
        number,
        entry.name,
        entry.town,
        entry.weekday,
        entry.start,
        _room(place.street if place else "", entry.town),
        place.position if place else None,
    )


def _of_group(one: Beside) -> Site:
    room = _room(one.street, one.town)
    return Site(one.id, one.name, one.town, one.weekday, one.start, room, one.position)


def _room(street: str, town: str) -> tuple[str, str] | None:
    return (street.casefold(), town.casefold()) if street and town else None
