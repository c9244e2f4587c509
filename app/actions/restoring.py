"""Putting a listing or a standing time back as it was before a change; that is a change in itself."""

from dataclasses import fields

from app import clock
from app.actions.groups import ListingEdit, edit_listing
from app.actions.office import tell_coordinators
from app.actions.slots import set_slot
from app.actions.transaction import hold_group_for, transaction
from app.domain.refusal import TooLateToUndo
from app.domain.week import Week
from app.records.accounts import Account
from app.records.changes import change_of_group
from app.records.earlier import OF_LISTINGS, OF_SLOTS, can_be_restored, listing_before, slot_before
from app.records.groups import Group


@transaction
def restore_listing(
    group: Group, change_id: int, *, by: Account, version: int | None, as_officer: bool = False
) -> None:
    """Let a listing be again what it was before a change of it.

    An officer's restoring is told to the coordinators. Raises TooLateToUndo when the log does not
    hold it, ChangedMeanwhile, NotTheirs.
    """
    group = hold_group_for(group.id, by, as_officer=as_officer)
    change = change_of_group(change_id, group.id)
    if change is None or change.deed not in OF_LISTINGS or not can_be_restored(change):
        raise TooLateToUndo
    now = {field.name: getattr(group, field.name) for field in fields(ListingEdit)}
    edit = ListingEdit(**(now | listing_before(group, change)))
    if as_officer:
        tell_coordinators(group, "restored", by=by)
    edit_listing(group, edit, by=by, version=version, as_officer=as_officer)


@transaction
def restore_slot(
    group: Group,
    change_id: int,
    since: Week,
    *,
    by: Account,
    version: int | None,
    as_officer: bool = False,
) -> None:
    """Let the standing time that held before a change begin again with a week.

    Raises TooLateToUndo when the log does not hold it, and what set_slot raises.
    """
    group = hold_group_for(group.id, by, as_officer=as_officer)
    change = change_of_group(change_id, group.id)
    if change is None or change.deed not in OF_SLOTS or not can_be_restored(change):
        raise TooLateToUndo
    if as_officer:
        tell_coordinators(group, "restored", by=by)
    since = max(since, Week.at(clock.now(), group.timezone))
    slot = slot_before(change, since)
    set_slot(group, slot, by=by, version=version, as_officer=as_officer)
