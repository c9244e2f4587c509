"""Knows lists, and rows of a list, again: a row whatever its order or a twin's number."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import time
from typing import TypeVar

from app.domain.imported import Entry, EntryPlace

Known = TypeVar("Known")
ENOUGH = 1 / 3
"""Of the rows of a list, or of the groups that came from it: then it is that list again."""


@dataclass(frozen=True)
class Standing:
    """When and where a group stands, as a row of a list would say it."""

    weekday: int
    start: time
    site: str
    name: str = ""


def slug_of(key: str) -> str:
    """Return a key without its day, and without what told its row from a twin of the same slug."""
    return key.rpartition("#")[0].partition("~")[0]


def site_of(place: EntryPlace | None, town: str) -> str:
    """Return where a row or a group meets, as far as two of them can be told apart by it."""
    parts = (place.street or place.name, place.join_url, place.town) if place else ()
    return " ".join(filter(None, [*parts, town])).casefold()


def standing_of(entry: Entry) -> Standing:
    site = site_of(entry.place, entry.town)
    return Standing(entry.weekday, entry.start, site, entry.name.casefold())


def same_evening(
    entries: Sequence[Entry],
    standings: Sequence[Standing | None],
    groups: Sequence[Known],
) -> Iterator[tuple[str, Known]]:
    """Yield the keys of entries of one slug with the group each is: first of the same day, hour and
    place, then of the same day and hour, one each, then a single one that is left with the single
    group that is left, which has moved."""
    left, rest = list(entries), list(zip(standings, groups, strict=True))
    for with_site in (True, False):
        at = defaultdict(list)
        for one in rest:
            at[_evening(one[0], with_site)].append(one)
        unknown = []
        for entry in left:
            same = at[_evening(standing_of(entry), with_site)]
            if same:
                found = same.pop(0)
                rest.remove(found)
                yield entry.key, found[1]
            else:
                unknown.append(entry)
        left = unknown
    if len(left) == 1 and len(rest) == 1:
        yield left[0].key, rest[0][1]


def same_standing(
    entries: Sequence[Entry],
    standings: Sequence[Standing | None],
    groups: Sequence[Known],
) -> Iterator[tuple[str, Known]]:
    """Yield the keys of entries whose slug nobody knows, with the only group of their name, day,
    hour and place."""
    wanted = Counter(standing_of(entry) for entry in entries)
    known = Counter(standings)
    of = dict(zip(standings, groups, strict=True))
    for entry in entries:
        standing = standing_of(entry)
        if standing.site and wanted[standing] == 1 and known[standing] == 1:
            yield entry.key, of[standing]


def likely_source(slugs: Collection[str], known: Mapping[str, Collection[str]]) -> str | None:
    """Return which of the lists that we know (slugs by key) has enough of these rows, the most."""
    rows = set(slugs)
    common = {key: len(rows & set(of_list)) for key, of_list in known.items()}
    key = max(common, key=lambda one: common[one], default=None)
    if key is None or not common[key]:
        return None
    return key if common[key] >= ENOUGH * min(len(rows), len(set(known[key]))) else None


def _evening(standing: Standing | None, with_site: bool) -> tuple[object, ...]:
    if standing is None:
        return ()
    evening = (standing.weekday, standing.start)
    return (*evening, standing.site) if with_site else evening
