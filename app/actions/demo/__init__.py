"""Fills an empty database with a demo: every kind of group there can be, and who runs them."""

from collections.abc import Callable, Sequence

from app import clock
from app.actions.demo.bulk import demo_group
from app.actions.demo.derived import Derived
from app.actions.demo.groups import FEATURED
from app.actions.demo.people import PreparedAccount
from app.actions.demo.rows import RowMaker
from app.actions.demo.store import Store
from app.actions.in_step import keep
from app.actions.transaction import note, transaction
from app.domain.refusal import NotEmpty
from app.records.demo import DEED, is_empty

CHUNK = 500
"""Groups between two writes: memory stays level whatever their number."""


@transaction
def fill_demo(
    seed: int,
    groups: int,
    *,
    secrets: Derived,
    accounts: Sequence[PreparedAccount],
    progress: Callable[[int], object] = lambda number: None,
) -> None:
    """Make a demo of so many groups; `progress` hears how many were added. Raises NotEmpty.

    The same seed makes the same demo, seen from today.
    """
    if not is_empty():
        raise NotEmpty
    store = Store()
    rows = RowMaker(store, secrets, seed, clock.now())
    rows.fellowships()
    for first in range(0, groups, CHUNK):
        numbers = range(first, min(first + CHUNK, groups))
        for number in numbers:
            rows.group(number, demo_group(seed, number), featured=number < len(FEATURED))
        store.write()
        keep(rows.group_ids[first:])
        progress(len(numbers))
    rows.accounts(accounts)
    store.write()
    store.leave_ids_in_order()
    note(DEED, by=None, after={"seed": seed, "groups": groups})
