"""Which row of a list is which of the groups that came from it."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from app.actions.parts.import_facts import Facts
from app.domain.exchange.known_again import (
    Standing,
    same_evening,
    same_standing,
    site_of,
    slug_of,
)
from app.domain.imported import Entry
from app.records.groups import Group
from app.records.imported import some_imported

Pairs = list[tuple[Entry, int | None]]


def matched(entries: Collection[Entry], known: Mapping[str, int]) -> tuple[Pairs, list[int]]:
    """Return each entry with the id of its group or None, in the order of the list, and ids left over.

    `known` are the groups of the list by key; only those whose key is not in it are looked at.
    """
    by_key = dict(known)
    pairs = {entry.key: by_key.pop(entry.key, None) for entry in entries}
    new_ones, left = defaultdict(list), defaultdict(list)
    for entry in entries:
        if pairs[entry.key] is None:
            new_ones[slug_of(entry.key)].append(entry)
    standings = _standings(by_key.values()) if new_ones else {}
    for key in by_key:
        left[slug_of(key)].append(key)
    for slug, of_slug in new_ones.items():
        some = left[slug]
        for key, old in same_evening(of_slug, [standings[by_key[one]] for one in some], some):
            pairs[key] = by_key.pop(old)
    unknown = [entry for entry in entries if pairs[entry.key] is None]
    if unknown:
        rest = list(by_key)
        for key, old in same_standing(unknown, [standings[by_key[one]] for one in rest], rest):
            pairs[key] = by_key.pop(old)
    return [(entry, pairs[entry.key]) for entry in entries], list(by_key.values())


def _standings(ids: Iterable[int]) -> dict[int, Standing | None]:
    return {id: _standing(one) for some in some_imported(ids) for id, one in some.items()}


def slug_in_list(group: Group) -> str:
    return (group.source_key or "").partition(":")[2].rpartition("#")[0]


def _standing(group: Group) -> Standing | None:
    """Return when and where a group meets, as its latest standing time has them."""
    latest = max(group.slots, key=lambda slot: slot.since, default=None)
    if latest is None:
        return None
    place = Facts.place_in(latest.place) if latest.place else None
    site = site_of(place, group.town)
    return Standing(latest.weekday, latest.start, site, group.name.casefold())
