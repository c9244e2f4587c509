"""What an office says of the lists its groups come from, and how reading them went."""

from datetime import datetime
from urllib.parse import urlsplit

from app.actions.national.many_groups import list_groups
from app.actions.parts.lists.sources import new_list
from app.actions.parts.transaction import hold_fellowship, note, transaction
from app.db import db
from app.domain.exchange.pulled import Fault, NotHttps
from app.domain.work import MOST_AT_ONCE
from app.records.accounts import Account
from app.records.exchange.list_sources import ListSource, gone_from
from app.records.fellowships import Fellowship

LONGEST = 500


@transaction
def take_off_gone(source: ListSource, reason: str, *, by: Account) -> int:
    """Unlist the groups that are no longer in a list; return how many. Raises NothingPicked, NotTheirs."""
    hold_fellowship(source.fellowship_id, by)
    ids = gone_from(source)[:MOST_AT_ONCE]
    return list_groups(source.fellowship, ids, listed=False, reason=reason, by=by)


@transaction
def name_feed(
    fellowship: Fellowship, address: str, *, name: str, program: str, by: Account
) -> ListSource:
    """Name an address whose list is read every night; it is looked at first. Raises NotHttps, NotTheirs."""
    fellowship = hold_fellowship(fellowship.id, by)
    _check(address)
    source = new_list(fellowship, name or urlsplit(address).hostname or "", program)
    source.address = address
    db.session.add(source)
    db.session.flush()
    note("name_feed", by=by, fellowship_id=fellowship.id)
    return source


@transaction
def set_address(source: ListSource, address: str, *, by: Account) -> None:
    """Read a list from here every night, or, empty, no more. Raises NotHttps, NotTheirs."""
    hold_fellowship(source.fellowship_id, by)
    if address:
        _check(address)
    source.address, source.etag, source.fault, source.detail = address, "", "", ""
    note("set_address", by=by, fellowship_id=source.fellowship_id)


@transaction
def note_pull(
    source: ListSource,
    at: datetime,
    *,
    fault: Fault | None = None,
    detail: str = "",
    etag: str = "",
    rows: int | None = None,
    changes: int = 0,
) -> None:
    """Remember how reading a list went; it is a change when it goes otherwise than the last time."""
    turned = bool(source.fault) != bool(fault)
    source.tried_at, source.fault, source.detail = at, str(fault or ""), detail[:200]
    if fault is None:
        source.good_at, source.etag, source.changes = at, etag[:200], changes
        if rows is not None:
            source.rows = rows
    if turned:
        after = {"fault": source.fault}
        note("note_pull", by=None, fellowship_id=source.fellowship_id, after=after)


def _check(address: str) -> None:
    try:
        parts = urlsplit(address)
        is_good = parts.scheme == "https" and bool(parts.hostname) and parts.username is None
    except ValueError:
        is_good = False
    if not is_good or len(address) > LONGEST or any(sign <= " " for sign in address):
        raise NotHttps
