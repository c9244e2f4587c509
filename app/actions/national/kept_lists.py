"""Keeping what an office asks of its groups under a name, and forgetting it."""

from sqlalchemy import delete

from app import clock
from app.actions.parts.transaction import hold_fellowship, note, transaction
from app.db import db
from app.domain.work import MOST_LISTS, TooManyLists
from app.records.accounts import Account
from app.records.fellowships import Fellowship
from app.records.group_lists.kept import KeptList, kept_lists


@transaction
def keep_list(fellowship: Fellowship, name: str, *, query: str, by: Account) -> None:
    """Keep a query under a name; a list of that name is replaced. Raises TooManyLists, NotTheirs."""
    fellowship = hold_fellowship(fellowship.id, by)
    known = {one.name: one for one in kept_lists(fellowship.id)}
    if name in known:
        known[name].query, known[name].kept_at = query, clock.now()
    elif len(known) >= MOST_LISTS:
        raise TooManyLists
    else:
        row = KeptList(fellowship_id=fellowship.id, name=name, query=query, kept_at=clock.now())
        db.session.add(row)
    note("keep_list", by=by, fellowship_id=fellowship.id, after={"list": name})


@transaction
def forget_list(fellowship: Fellowship, list_id: int, *, by: Account) -> None:
    """Forget a kept list; its groups stay. Raises NotTheirs."""
    fellowship = hold_fellowship(fellowship.id, by)
    mine = KeptList.fellowship_id == fellowship.id
    db.session.execute(delete(KeptList).where(KeptList.id == list_id, mine))
    note("forget_list", by=by, fellowship_id=fellowship.id)
