"""What people do who want to start a group: ask, confirm their address, answer, be forgotten."""

import secrets
from dataclasses import dataclass

from sqlalchemy import select

from app import clock
from app.actions.parts.request_rows import (
    answer_not_yet_to,
    erase_asker,
    found_for_asker,
    hold_own_request,
    invite_asker,
    move_on,
    tell_asker,
    tell_officers_it_waits,
    write_down,
)
from app.actions.parts.transaction import (
    hold_fellowship,
    hold_group,
    keep_open,
    note,
    transaction,
)
from app.db import db, erased
from app.domain.founding import (
    LATELY,
    OPEN,
    NotTheirTurn,
    RequestStatus,
    Speaker,
    Wish,
    founds_at_once,
)
from app.domain.keys import KEY_BYTES, hash_of
from app.domain.refusal import LinkIsOver
from app.records.fellowships import Fellowship
from app.records.founding_requests import (
    FoundingRequest,
    find_request,
    founded_at_once,
    may_be_invited_again,
    prepares_in,
)


@dataclass(frozen=True)
class Asker:
    """What somebody gives who wants to start a group."""

    name: str
    """To be called by."""
    contact: str
    words: str
    consent_text: str
    """Version of the text that was agreed to."""
    language: str = "nl"


@transaction
def ask_for_group(
    fellowship: Fellowship, wish: Wish, asker: Asker, *, ask_key: str, writes: bool = True
) -> None:
    """Keep a request for 48 hours, and ask by letter whether the address is the asker's own.

    The same `ask_key`, random per form, asks but once. When the address had letters enough for a
    day, nothing `writes` to it; all else is the same, and takes as long. Raises FellowshipIsClosed.
    """
    keep_open(fellowship.id)
    known = select(FoundingRequest.id).where(FoundingRequest.ask_key == hash_of(ask_key))
    if db.session.scalar(known) is not None:
        return
    now = clock.now()
    key = secrets.token_urlsafe(KEY_BYTES)
    request = FoundingRequest(
        fellowship_id=fellowship.id,
        status=RequestStatus.ASKED,
        status_since=now,
        town=wish.town,
        province=wish.province,
        weekday=wish.weekday,
        start=wish.start,
        name=asker.name,
        contact=asker.contact,
        words=asker.words,
        talk=[],
        language=asker.language,
        key=key,
        key_hash=hash_of(key),
        ask_key=hash_of(ask_key),
        consent_at=now,
        consent_text=asker.consent_text,
    )
    db.session.add(request)
    db.session.flush()
    if writes:
        tell_asker(request, "request_confirm")
    # Not in the fellowship's own log: nobody there knows of it before the address is confirmed.
    note("ask_for_group", by=None)


@transaction
def confirm_request(key: str) -> None:
    """Say by the link in the letter that it is one's own request; its officers are told.

    Where new groups need no yes, the group is founded at once, unless an officer should see it
    first (domain/founding.py). A second time nothing happens. Raises LinkIsOver.
    """
    request = hold_own_request(key)
    if request.confirmed_at:
        return
    request.confirmed_at = request.status_since = clock.now()
    fellowship, groups = hold_fellowship(request.fellowship_id, None), []
    has_ended = fellowship.closed_on is not None
    if has_ended:
        answer_not_yet_to(request, "", by=None)
    elif not fellowship.new_groups_need_yes and founds_at_once(
        request.wish(),
        lately=founded_at_once(fellowship.id, since=clock.now() - LATELY),
        prepares_there=prepares_in(fellowship.id, request.town),
    ):
        town = request.town
        groups.append(
            found_for_asker(request, name=town, town=town, slot=None, invites=True, by=None)
        )
    if not has_ended:
        tell_officers_it_waits(request, "founded" if groups else "asked")
    note(
        "confirm_request",
        by=None,
        groups=groups,
        fellowship_id=request.fellowship_id,
        after={"request": request.id},
    )


@transaction
def answer_question(key: str, words: str) -> None:
    """Answer what the officers asked back. Raises LinkIsOver, NotTheirTurn."""
    request = hold_own_request(key)
    if request.status != RequestStatus.ASKED_BACK:
        raise NotTheirTurn
    write_down(request, Speaker.ASKER, words)
    move_on(request, RequestStatus.ASKED, None)
    tell_officers_it_waits(request, "answered")
    note(
        "answer_question",
        by=None,
        fellowship_id=request.fellowship_id,
        after={"request": request.id},
    )


@transaction
def renew_invitation(key: str) -> None:
    """Invite who asked once more, when their invitation ran out. Raises LinkIsOver."""
    known = find_request(hash_of(key), clock.now())
    if known is None or known.group_id is None:
        raise LinkIsOver
    # The group first, as whoever starts it does: two who lock in other orders wait for each other.
    group = hold_group(known.group_id, None)
    request = hold_own_request(key)
    if not may_be_invited_again(request, clock.now()):
        raise LinkIsOver
    invite_asker(request, group)
    note(
        "renew_invitation",
        by=None,
        groups=[group],
        fellowship_id=request.fellowship_id,
        after={"request": request.id},
    )


@transaction
def withdraw_request(key: str) -> None:
    """Withdraw a request and be forgotten at once; one that was answered stays answered.

    Raises LinkIsOver.
    """
    request = hold_own_request(key)
    number, fellowship_id = request.id, request.fellowship_id
    if request.confirmed_at is None:
        # Nobody saw it. Its letters go with it.
        db.session.delete(request)
        db.session.flush()
        erased()
        note("withdraw_request", by=None)
        return
    if request.status in OPEN:
        move_on(request, RequestStatus.WITHDRAWN, None)
    erase_asker(request)
    note("withdraw_request", by=None, fellowship_id=fellowship_id, after={"request": number})
