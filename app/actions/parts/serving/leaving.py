"""Leaving a group as its coordinator: the role, the own entry as contact person, who stays is told."""

from collections.abc import Iterable

from app.actions.parts.outbox import write_letter
from app.actions.parts.revision import listing_changed
from app.db import db
from app.records.accounts import RoleRecord
from app.records.contacts import contacts_like
from app.records.groups import Group


def leave(
    group: Group, role: RoleRecord, others: Iterable[RoleRecord], *, keeps_contact: bool
) -> bool:
    """End a role in a held group, and tell the others; return whether an own entry was there.

    `keeps_contact` tells whether that entry as contact person stays.
    """
    account = role.account
    own = contacts_like(account, group)
    if own and not keeps_contact:
        for contact in own:
            group.contacts.remove(contact)
        listing_changed(group)
    for other in others:
        write_letter(
            "service_handed_on",
            to=other.account.email,
            language=other.account.language,
            values={
                "name": other.account.name,
                "group": group.name,
                "slug": group.slug,
                "who": account.name,
                "note": role.note,
                "contact": ("stays" if keeps_contact else "gone") if own else "",
            },
        )
    db.session.delete(role)
    return bool(own)
