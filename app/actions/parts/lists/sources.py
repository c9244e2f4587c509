"""Which of a fellowship's lists one is, and a new one for a list that nobody knows."""

from collections.abc import Collection

from app.db import db
from app.domain.imported import Entry
from app.records.exchange.list_sources import (
    ListSource,
    keys_by_source,
    likely_key,
    list_again,
    sources_of,
)
from app.records.fellowships import Fellowship

UNNAMED = "lijst"
FEED = "feed"


def list_for(
    fellowship: Fellowship,
    entries: Collection[Entry],
    *,
    source: str,
    name: str,
    program: str,
    zone: str | None,
) -> ListSource:
    """Return a list as it is known, or a new one that is not kept yet."""
    known = list_again(fellowship.id, entries, source)
    if known is not None:
        return known
    sources = sources_of(fellowship.id)
    taken = {one.key for one in sources}
    likely = None if source else likely_key(fellowship.id, entries)
    kind = next(iter(entries)).source
    return ListSource(
        fellowship_id=fellowship.id,
        key=likely if likely and likely not in taken else _free_key(fellowship.id, kind, taken),
        name=_free_name({one.name for one in sources}, source or name),
        program=program,
        zone=zone,
    )


def new_list(fellowship: Fellowship, name: str, program: str) -> ListSource:
    """Return a list of which nothing was read yet."""
    sources = sources_of(fellowship.id)
    return ListSource(
        fellowship_id=fellowship.id,
        key=_free_key(fellowship.id, FEED, {one.key for one in sources}),
        name=_free_name({one.name for one in sources}, name),
        program=program,
    )


def remember_list(of: ListSource) -> None:
    """Keep a new list; one that is known stays as it is."""
    if of.id is None:
        db.session.add(of)
        db.session.flush()


def _free_key(fellowship_id: int, kind: str, taken: Collection[str]) -> str:
    used = set(keys_by_source(fellowship_id)) | set(taken)
    keys = [kind, *(f"{kind}@{number}" for number in range(2, len(used) + 3))]
    return next(key for key in keys if key not in used)


def _free_name(used: Collection[str], name: str) -> str:
    wanted = (name or UNNAMED)[:100]
    names = [wanted, *(f"{wanted} {number}" for number in range(2, len(used) + 3))]
    return next(one for one in names if one not in used)
