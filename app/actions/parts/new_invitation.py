"""Writing an invitation and its letter, in the transaction that causes them."""

import secrets
from datetime import date, datetime

from app import clock
from app.actions.parts.outbox import write_letter
from app.db import db
from app.domain.inside.handing_over import Afterwards
from app.domain.keys import KEY_BYTES, hash_of
from app.domain.roles import INVITATION_LASTS, AlreadyInvited, Role
from app.records.accounts import Account, normal_address, reads_circle
from app.records.fellowships import Fellowship
from app.records.groups import Group
from app.records.invitations import Invitation, invitations_pending
from app.records.regions import Region


def write_invitation(
    *,
    email: str,
    role: Role,
    group: Group | None,
    fellowship: Fellowship | None,
    region: Region | None = None,
    by: Account | None,
    language: str,
    of_office: bool = False,
    begins: datetime | None = None,
    stands_in_until: date | None = None,
    afterwards: Afterwards | None = None,
) -> str:
    """Invite to a role, and return the key in the link; who may do so is the caller's to ask.

    `by` None: nobody here typed the address, and nobody is shown it. Else raises AlreadyInvited
    when a shown invitation of this address to this role is open. Whoever is invited by somebody who
    does not read the circle, or `of_office`, will not read it at once either. The letter goes out
    when it `begins`; whoever stands in does so until a day. `afterwards`: `by` hands over to them.
    """
    now, email = clock.now(), normal_address(email)
    begins = begins or now
    to = {
        "group_id": group.id if group else None,
        "fellowship_id": fellowship.id if fellowship else None,
        "region_id": region.id if region else None,
    }
    pending = invitations_pending(now, **to)
    if by and (email, role) in {(one.shown_address, one.kind) for one in pending}:
        raise AlreadyInvited
    key = secrets.token_urlsafe(KEY_BYTES)
    db.session.add(
        Invitation(
            key_hash=hash_of(key),
            email=email,
            kind=role,
            **to,
            invited_by=by.id if by else None,
            of_office=of_office or bool(by and group and not reads_circle(by, group.id, now)),
            created_at=now,
            expires_at=begins + INVITATION_LASTS,
            stands_in_until=stands_in_until,
            afterwards=afterwards,
        )
    )
    write_letter(
        "invitation",
        to=email,
        language=group.language if group else language,
        values={
            "role": str(role),
            "subject": getattr(group or fellowship or region, "name", ""),
            "key": key,
            "until": stands_in_until.isoformat() if stands_in_until else "",
            "takes_over": afterwards is not None,
        },
        due_at=begins,
    )
    return key
