"""Fills an empty database with a demo: every kind of group there can be, and who runs them."""

from collections.abc import Callable, Sequence

from app import clock
from app.actions.parts.derived.in_step import keep
from app.actions.parts.transaction import note, transaction
from app.demo.bulk import demo_group
from app.demo.derived import Derived
from app.demo.groups import FEATURED
from app.demo.people import PreparedAccount
from app.demo.rows import RowMaker
from app.demo.store import Store
from app.domain.refusal import Refusal
from app.records.demo import DEED, is_empty

CHUNK = 500
"""Groups between two writes: memory stays level whatever their number."""


class NotEmpty(Refusal):
    """A demo fills an empty database only: it must never mix with people's own groups."""


@transaction
def fill_demo(
    seed: int,
    groups: int,
    *,
    secrets: Derived,
    accounts: Sequence[PreparedAccount],
    progress: Callable[[int], object] = lambda _number: None,
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
