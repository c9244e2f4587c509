"""Contact persons: written down by coordinators, published only after their own yes."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from app import clock
from app.actions.parts.outbox import write_letter
from app.actions.parts.revision import confirmed, listing_changed
from app.actions.parts.serving.contact_yes import ask_again, ask_for_yes
from app.actions.parts.transaction import (
    hold_circle,
    hold_group,
    hold_groups,
    hold_public_group,
    note,
    transaction,
)
from app.db import db
from app.domain.contact import CONTACTS, CannotBeReached, TooManyContacts
from app.domain.keys import hash_of
from app.domain.refusal import LinkIsOver
from app.domain.retention import SILENCE
from app.domain.zones import day_at_home
from app.records.accounts import Account
from app.records.contacts import (
    ContactRecord,
    find_contact,
    yes_of_services_over,
    yes_to_ask_again,
    yes_unanswered,
)
from app.records.groups import Group

AT_ONCE = 50
"""Contact persons in one transaction."""


@dataclass(frozen=True)
class ContactEdit:
    """What a coordinator writes of a contact person; `phone` as E.164 or empty."""

    name: str
    email: str
    phone: str = ""
    shows_phone: bool = False
    shows_email: bool = False
    takes_messages: bool = True


@transaction
def write_contact(
    group: Group, edit: ContactEdit, *, by: Account | None, position: int | None = None
) -> None:
    """Write down a contact person, or change the one at a position, and ask for their yes.

    What was agreed to stays published only while nothing more of it would show. Raises
    TooManyContacts, CannotBeReached without a mail address, NotTheirs.
    """
    if not edit.email:
        raise CannotBeReached
    group = hold_circle(group.id, by)
    contact = next((one for one in group.contacts if one.position == position), None)
    if position is None and any(_says(one, edit) for one in group.contacts):
        return
    if contact is None:
        contact = ContactRecord(position=_free_position(group))
        group.contacts.append(contact)
    ask = contact.agreed_at is None or _shows_more(contact, edit)
    for name, value in vars(edit).items():
        setattr(contact, name, value)
    if ask:
        ask_for_yes(group, contact)
    listing_changed(group)
    confirmed(group, by=by)
    note("write_contact", by=by, groups=[group], after={"position": contact.position})


def _says(contact: ContactRecord, edit: ContactEdit) -> bool:
    """Tell whether this is written down already: somebody pressed twice."""
    return all(getattr(contact, name) == value for name, value in vars(edit).items())


@transaction
def remove_contact(group: Group, position: int, *, by: Account | None) -> None:
    """Take a contact person off the listing and forget them. Raises NotTheirs."""
    group = hold_circle(group.id, by)
    for contact in [one for one in group.contacts if one.position == position]:
        group.contacts.remove(contact)
        listing_changed(group)
    confirmed(group, by=by)
    note("remove_contact", by=by, groups=[group], before={"position": position})


@transaction
def put_contact_first(group: Group, position: int, *, by: Account | None) -> None:
    """Make a contact person the first to try; the others keep their order. Raises NotTheirs."""
    group = hold_circle(group.id, by)
    ordered = sorted(group.contacts, key=lambda one: (one.position != position, one.position))
    numbers = sorted(one.position for one in ordered)
    # One position is unique in its group: take the row out and back in, as no number is free
    # while all three are in use.
    moved = [_columns(one) for one in ordered]
    group.contacts.clear()
    db.session.flush()
    for number, columns in zip(numbers, moved, strict=True):
        group.contacts.append(ContactRecord(**(columns | {"position": number})))
    listing_changed(group)
    confirmed(group, by=by)
    note("put_contact_first", by=by, groups=[group], before={"position": position})


@transaction
def agree_to_contact(key: str) -> ContactRecord:
    """Say yes to being published, by the link in the letter. Raises LinkIsOver."""
    contact = _held(key)
    contact.agreed_at = clock.now()
    listing_changed(contact.group)
    note("agree_to_contact", by=None, groups=[contact.group], after={"position": contact.position})
    return contact


@transaction
def withdraw_contact(key: str) -> None:
    """Say no, or no longer: the contact person is forgotten at once. Raises LinkIsOver."""
    contact = _held(key)
    group = contact.group
    before = {"position": contact.position}
    group.contacts.remove(contact)
    listing_changed(group)
    note("withdraw_contact", by=None, groups=[group], before=before)


@transaction
def ask_contacts_again(now: datetime) -> int:
    """Ask who said yes a year ago whether it still stands; until they answer they stay published.

    Some at once: the next run goes on. Returns how many were asked.
    """
    found = yes_to_ask_again(now, AT_ONCE)
    groups = hold_groups({one.group_id for one in found}, None)
    for contact in found:
        ask_again(contact, now)
    if found:
        note("ask_contacts_again", by=None, groups=groups)
    return len(found)


@transaction
def ask_whose_service_ended(now: datetime) -> int:
    """Ask the same of contact persons whose last day as coordinator of the group has been.

    Once: whoever answers gave their yes after that day. Returns how many were asked.
    """
    found = yes_of_services_over(day_at_home(now) - SILENCE, day_at_home(now))
    groups = hold_groups({one.group_id for one in found}, None)
    for contact in found:
        ask_again(contact, now)
    if found:
        note("ask_whose_service_ended", by=None, groups=groups)
    return len(found)


@transaction
def end_unanswered_yes(now: datetime) -> int:
    """Take off the page who was asked again and said nothing; coordinators see that a yes lacks.

    Some at once: the next run goes on. Returns how many that were.
    """
    found = yes_unanswered(now, AT_ONCE)
    groups = hold_groups({one.group_id for one in found}, None)
    for contact in found:
        contact.agreed_at = None
    for group in groups:
        listing_changed(group)
    if found:
        note("end_unanswered_yes", by=None, groups=groups)
    return len(found)


@transaction
def send_message(group: Group, position: int, *, name: str, reply_to: str, message: str) -> bool:
    """Relay a visitor's message to a contact person by letter; tell whether there is one.

    The message stands nowhere but in the sealed letter. Raises NotTheirs.
    """
    group = hold_public_group(group.id)
    contact = next((one for one in group.contacts if one.position == position), None)
    published = contact.value() if contact else None
    if contact is None or published is None or not published.takes_messages:
        return False
    write_letter(
        "contact_message",
        to=contact.email,
        language=group.language,
        values={"group": group.name, "name": name, "reply_to": reply_to, "message": message},
    )
    note("send_message", by=None, groups=[group], after={"position": position})
    return True


def _free_position(group: Group) -> int:
    taken = set(
        db.session.scalars(select(ContactRecord.position).where(ContactRecord.group_id == group.id))
    )
    if len(taken) >= CONTACTS:
        raise TooManyContacts(CONTACTS)
    return next(number for number in range(1, CONTACTS + 1) if number not in taken)


def _shows_more(contact: ContactRecord, edit: ContactEdit) -> bool:
    """Tell whether an edit would publish something that this person has not said yes to."""
    return (
        edit.name != contact.name
        or edit.email != contact.email
        or (edit.shows_phone and (edit.phone != contact.phone or not contact.shows_phone))
        or (edit.shows_email and not contact.shows_email)
    )


def _held(key: str) -> ContactRecord:
    contact = find_contact(hash_of(key))
    if contact is None:
        raise LinkIsOver
    hold_group(contact.group_id, None)
    return contact


def _columns(contact: ContactRecord) -> dict[str, Any]:
    return {
        column.key: getattr(contact, column.key)
        for column in ContactRecord.__table__.columns
        if column.key not in ("id", "group_id")
    }
