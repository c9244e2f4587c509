"""Asking a contact person for their yes, and whether it still stands: letters with a link of their own."""

import secrets
from datetime import datetime

from app import clock
from app.actions.parts.outbox import write_letter
from app.domain.keys import KEY_BYTES, hash_of
from app.records.accounts import Account
from app.records.contacts import ContactRecord, contacts_like
from app.records.groups import Group


def ask_again(contact: ContactRecord, now: datetime) -> None:
    """Write to a contact person; until they answer they stay published, and not for long without."""
    key = secrets.token_urlsafe(KEY_BYTES)
    contact.again_hash, contact.asked_at = hash_of(key), now
    write_letter(
        "contact_still",
        to=contact.email,
        language=contact.group.language,
        values={"name": contact.name, "key": key},
    )


def ask_for_yes(group: Group, contact: ContactRecord) -> None:
    """Ask a contact person of a held group for their yes; nothing of them is published before."""
    key = secrets.token_urlsafe(KEY_BYTES)
    contact.key_hash = hash_of(key)
    contact.asked_at = clock.now()
    contact.agreed_at = None
    write_letter(
        "contact_yes",
        to=contact.email,
        language=group.language,
        values={"group": group.name, "name": contact.name, "key": key},
    )


def ask_who_served(account: Account, group: Group, now: datetime) -> None:
    """Ask again whoever's service in a held group ended otherwise than by themselves.

    Who stops is asked on the page; who is taken out, or stood in, has said nothing of it.
    """
    for contact in contacts_like(account, group):
        if contact.agreed_at is not None and not contact.is_asked_again:
            ask_again(contact, now)
