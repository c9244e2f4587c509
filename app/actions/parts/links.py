"""The links in letters to coordinators: made with the letter, used up by one deed."""

import secrets
from collections.abc import Iterable
from datetime import timedelta

from app import clock
from app.actions.parts.transaction import hold_groups
from app.db import db
from app.domain.keys import KEY_BYTES, hash_of
from app.domain.refusal import LinkIsOver
from app.domain.week import Week
from app.records.accounts import Account
from app.records.groups import Group
from app.records.links import Link, find_link, groups_still_theirs


def make_link(
    kind: str,
    *,
    account: Account,
    groups: Iterable[Group],
    lasts: timedelta,
    week: Week | None = None,
    holiday: str | None = None,
) -> str:
    """Write down a link for one letter to one person, and return its key: it is kept nowhere."""
    key = secrets.token_urlsafe(KEY_BYTES)
    now = clock.now()
    db.session.add(
        Link(
            key_hash=hash_of(key),
            kind=kind,
            account_id=account.id,
            week=week,
            holiday=holiday,
            created_at=now,
            expires_at=now + lasts,
            groups=list(groups),
        )
    )
    return key


def hold_link(key: str, kind: str) -> tuple[Link, list[Group]]:
    """Lock a link that is still open, and those of its groups that its owner coordinates.

    Raises LinkIsOver, also when no group is left.
    """
    link = find_link(hash_of(key), lock=True)
    if link is None or link.kind != kind or not link.is_open(clock.now()):
        raise LinkIsOver
    hold_groups([group.id for group in link.groups], None)
    groups = groups_still_theirs(link, clock.now())
    if not groups:
        raise LinkIsOver
    return link, groups
