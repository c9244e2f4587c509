"""Putting a listing or a standing time back as it was before a change; that is a change in itself."""

from collections.abc import Mapping
from dataclasses import fields

from app.actions.groups import ListingEdit, edit_listing
from app.actions.parts.office import tell_coordinators
from app.actions.parts.transaction import hold_group_for, transaction
from app.actions.slots import set_slots
from app.domain.slot_change import Fate
from app.domain.undoing import TooLateToUndo
from app.domain.week import Week
from app.records.accounts import Account
from app.records.changes import change_of_group
from app.records.earlier import OF_LISTINGS, OF_SLOTS, can_be_restored, listing_before, slots_before
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
def restore_slots(
    group: Group,
    change_id: int,
    since: Week,
    *,
    by: Account,
    version: int | None,
    fates: Mapping[Week, Fate] | None = None,
    as_officer: bool = False,
) -> None:
    """Let the standing times that held before a change hold again from a week on, all of them.

    Raises TooLateToUndo when the log does not hold it, and what set_slots raises.
    """
    group = hold_group_for(group.id, by, as_officer=as_officer)
    change = change_of_group(change_id, group.id)
    if change is None or change.deed not in OF_SLOTS or not can_be_restored(change):
        raise TooLateToUndo
    if as_officer:
        tell_coordinators(group, "restored", by=by)
    set_slots(
        group,
        slots_before(change, since),
        since,
        by=by,
        version=version,
        fates=fates,
        as_officer=as_officer,
    )
