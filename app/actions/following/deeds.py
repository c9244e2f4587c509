"""What who follows a group without a seat does: begin, say yes, and end it."""

import secrets
from datetime import datetime

from app import clock
from app.actions.parts.news.followers import tell_follower
from app.actions.parts.transaction import hold_public_group, note, transaction
from app.db import db, erased
from app.domain.keys import KEY_BYTES, hash_of
from app.domain.news.following import Way
from app.domain.refusal import LinkIsOver
from app.records.followers import Follower, find_device, find_follower, followers_of
from app.records.groups import Group


@transaction
def follow_by_mail(group: Group, contact: str, *, language: str, writes: bool = True) -> None:
    """Ask by letter whether an address is that of who wants to follow a group.

    Whoever asks learns nothing of an address that follows it already: it gets the same letter,
    once an hour. Where others had that address written to often today nothing `writes` to it; all
    else is the same. Raises NotTheirs.
    """
    group = hold_public_group(group.id)
    now = clock.now()
    hour = now.replace(minute=0, second=0, microsecond=0)
    known = [
        one for one in followers_of([group.id], Way.MAIL) if one.contact.lower() == contact.lower()
    ]
    follower = known[0] if known else _begin(group, Way.MAIL, contact, language, now)
    key = f"follow:{follower.id}:{hour.timestamp():.0f}"
    if writes:
        tell_follower(follower, "follow_confirm", dedupe_key=key)
    note("follow_group", by=None)


@transaction
def follow_on_device(group: Group, subscription: str, *, endpoint: str, language: str) -> str:
    """Let one device follow a group from now on, and return the key of its own page.

    `subscription` is what its browser gave, as JSON; the same `endpoint` follows a group but once.
    Raises NotTheirs.
    """
    group = hold_public_group(group.id)
    device = hash_of(f"{group.id}:{endpoint}")
    follower = find_device(device)
    now = clock.now()
    if follower is None:
        follower = _begin(group, Way.PUSH, subscription, language, now, device_hash=device)
        follower.confirmed_at = now
    follower.contact, follower.used_at = subscription, now
    note("follow_group", by=None)
    return follower.key


@transaction
def confirm_follow(key: str) -> None:
    """Say by the link in a letter that one wants to follow a group, or still does. Raises LinkIsOver."""
    follower = _hold(key)
    follower.used_at = clock.now()
    follower.confirmed_at = follower.confirmed_at or follower.used_at
    note("confirm_follow", by=None)


@transaction
def stop_following(key: str) -> None:
    """Follow a group no longer, and be forgotten at once, with every letter. Raises LinkIsOver."""
    db.session.delete(_hold(key))
    db.session.flush()
    erased()
    note("stop_following", by=None)


def _hold(key: str) -> Follower:
    follower = find_follower(hash_of(key), lock=True)
    if follower is None:
        raise LinkIsOver
    return follower


def _begin(
    group: Group,
    way: Way,
    contact: str,
    language: str,
    now: datetime,
    device_hash: str | None = None,
) -> Follower:
    key = secrets.token_urlsafe(KEY_BYTES)
    follower = Follower(
        group_id=group.id,
        way=way,
        contact=contact,
        device_hash=device_hash,
        key=key,
        key_hash=hash_of(key),
        language=language,
        used_at=now,
    )
    db.session.add(follower)
    db.session.flush()
    return follower
