"""Undoing what one did to a closure within the hour; that is a change in itself."""

from datetime import date

from app import clock
from app.actions.closures import (
    change_closure,
    close_fellowship,
    close_group,
    close_place,
    withdraw_closure,
)
from app.actions.parts.transaction import transaction
from app.db import db
from app.domain.closure import ClosureIsOver
from app.domain.refusal import ChangedMeanwhile
from app.domain.undoing import TooLateToUndo
from app.records.accounts import Account
from app.records.changes import Change
from app.records.closures import can_be_undone
from app.records.fellowships import Fellowship
from app.records.groups import Group
from app.records.places import PlaceRecord
from app.records.weeks import ClosureRecord


@transaction
def undo_closing(change_id: int, *, by: Account) -> None:
    """Take back one's own closing, changing or withdrawing of a closure.

    Who was asked again whether they meet all the same stays asked. Raises TooLateToUndo, also when
    the closure was changed since; NotTheirs, and what `planned` raises.
    """
    change = db.session.get(Change, change_id)
    if change is None or change.account_id != by.id or not can_be_undone(change, clock.now()):
        raise TooLateToUndo
    try:
        if change.deed == "withdraw_closure":
            _close_again(change, by)
        elif change.deed == "change_closure":
            _give_back_days(change, by)
        else:
            _withdraw(change, by)
    except (ChangedMeanwhile, ClosureIsOver):
        raise TooLateToUndo from None


def _withdraw(change: Change, by: Account) -> None:
    record = db.session.get(ClosureRecord, change.after["closure"])
    if record is None or record.version != change.after["version"]:
        raise TooLateToUndo
    withdraw_closure(record.id, by=by)


def _give_back_days(change: Change, by: Account) -> None:
    first, last, reason = _days(change)
    version = change.after["version"]
    change_closure(change.before["closure"], first, last, reason, by=by, version=version)


def _close_again(change: Change, by: Account) -> None:
    first, last, reason = _days(change)
    if change.after:  # it had begun, and only its last day was moved
        _give_back_days(change, by)
    elif change.fellowship_id is not None:
        fellowship = db.session.get_one(Fellowship, change.fellowship_id)
        close_fellowship(fellowship, first, last, reason, by=by)
    elif (place := db.session.get(PlaceRecord, change.before["place_id"] or 0)) is not None:
        owner = db.session.get(Group, place.owner_id or 0)
        if owner is None:
            raise TooLateToUndo
        close_place(owner, place, first, last, reason, by=by)
    else:
        group = db.session.get_one(Group, change.before["group_id"])
        close_group(group, first, last, reason, by=by)


def _days(change: Change) -> tuple[date, date, str]:
    held = change.before
    return date.fromisoformat(held["first"]), date.fromisoformat(held["last"]), held["reason"]
