"""Which row of a list is which of the groups that came from it."""

from collections import defaultdict
from collections.abc import Collection, Iterable

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


def matched(
    entries: Collection[Entry], known: Iterable[Group]
) -> tuple[list[tuple[Entry, Group | None]], list[Group]]:
    """Return each entry with its group or None, in the order of the list, and groups left over."""
    by_key = {group.source_key or "": group for group in known}
    pairs = {entry.key: by_key.pop(entry.key, None) for entry in entries}
    new_ones, left = defaultdict(list), defaultdict(list)
    for entry in entries:
        if pairs[entry.key] is None:
            new_ones[slug_of(entry.key)].append(entry)
    for group in by_key.values():
        left[slug_of(group.source_key or "")].append(group)
    for slug, of_slug in new_ones.items():
        some = left[slug]
        for key, group in same_evening(of_slug, [_standing(one) for one in some], some):
            pairs[key] = by_key.pop(group.source_key or "")
    unknown = [entry for entry in entries if pairs[entry.key] is None]
    rest = list(by_key.values())
    for key, group in same_standing(unknown, [_standing(one) for one in rest], rest):
        pairs[key] = by_key.pop(group.source_key or "")
    return [(entry, pairs[entry.key]) for entry in entries], list(by_key.values())


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
