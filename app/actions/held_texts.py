"""Deciding about texts from lists that were held back: the group's own people do, or its office."""

from app.actions.contacts import ContactEdit, write_contact
from app.actions.parts.office import tell_coordinators
from app.actions.parts.revision import calendar_follows
from app.actions.parts.transaction import hold_group_for, note, transaction
from app.db import erased
from app.domain.exchange.held_texts import TEXT_OF, Decision
from app.domain.undoing import TooLateToUndo
from app.records.accounts import Account
from app.records.exchange.held_texts import HeldTextRecord
from app.records.groups import Group


@transaction
def decide_text(
    held: HeldTextRecord, decision: Decision, *, by: Account | None, as_officer: bool = False
) -> None:
    """Show a text after all, keep it for who has a seat, or remove its words for good.

    Raises TooLateToUndo when somebody decided already, NotTheirs.
    """
    group = hold_group_for(held.group_id, by, as_officer=as_officer)
    if held.decision is not None:
        raise TooLateToUndo
    held.decision = decision
    if decision is Decision.SHOWN:
        _show(group, held)
    if decision in (Decision.SHOWN, Decision.REMOVED):
        held.words = None
        erased()
    if as_officer:
        tell_coordinators(group, "mended", by=by)
    note("decide_text", by=by, groups=[group], after={"decision": str(decision)})


@transaction
def ask_to_be_contact(held: HeldTextRecord, edit: ContactEdit, *, by: Account | None) -> None:
    """Write whom a text names down as contact person, who is asked; the text itself is erased.

    Raises TooLateToUndo, TooManyContacts, CannotBeReached, NotTheirs.
    """
    if held.decision is not None:
        raise TooLateToUndo
    write_contact(held.group, edit, by=by)
    held.decision, held.words = Decision.CONTACT, None
    erased()


def _show(group: Group, held: HeldTextRecord) -> None:
    field = held.field if held.field in TEXT_OF else "description"
    latest = max(group.slots, key=lambda slot: slot.since, default=None)
    place = latest.place if latest else None
    with calendar_follows(group):
        if field == "description" or place is None:
            group.description = _with(group.description, held.words or "", TEXT_OF["description"])
            group.version += 1
        else:
            setattr(place, field, _with(getattr(place, field), held.words or "", TEXT_OF[field]))


def _with(text: str, words: str, most: int) -> str:
    return f"{text}\n{words}".strip()[:most]
