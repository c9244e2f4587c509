"""What deeds about a request for a group are made of: its row held, its people told."""

from typing import Any

from sqlalchemy import delete, select

from app import clock
from app.actions.parts.new_group import write_group
from app.actions.parts.new_invitation import write_invitation
from app.actions.parts.outbox import write_letter
from app.actions.parts.slot_rows import write_slots
from app.db import db, erased
from app.domain.founding import ANSWERABLE, RequestIsOver, RequestStatus, Speaker
from app.domain.keys import hash_of
from app.domain.refusal import ChangedMeanwhile, LinkIsOver, NotTheirs
from app.domain.roles import Role
from app.domain.slot import Slot
from app.records.accounts import Account, is_officer, normal_address, officers_of
from app.records.fellowships import Fellowship
from app.records.founding_requests import (
    FoundingRequest,
    find_request,
    hold_open_requests,
    nearest_to,
    request_to,
    requests_for,
)
from app.records.groups import Group
from app.records.invitations import Invitation
from app.records.letters import Letter


def hold_own_request(key: str) -> FoundingRequest:
    """Lock the request whose asker has this key. Raises LinkIsOver."""
    request = find_request(hash_of(key), clock.now(), lock=True)
    if request is None:
        raise LinkIsOver
    return request


def hold_request(request: FoundingRequest, by: Account, version: int | None) -> FoundingRequest:
    """Lock a request that an officer answers. `version` is the one the form was opened with.

    Raises NotTheirs, ChangedMeanwhile, RequestIsOver.
    """
    if not is_officer(by, request.fellowship_id):
        raise NotTheirs
    held = request_to(request.fellowship_id, request.id, lock=True)
    if held is None:
        raise RequestIsOver
    if version is not None and version != held.version:
        raise ChangedMeanwhile(held.changer.name if held.changer else "", None)
    if held.status not in ANSWERABLE:
        raise RequestIsOver
    return held


def move_on(request: FoundingRequest, status: RequestStatus, by: Account | None) -> None:
    """Bring a request to a status, from now on."""
    request.status, request.status_since = status, clock.now()
    request.changed_by = by.id if by else None
    request.version += 1


def write_down(request: FoundingRequest, speaker: Speaker, words: str) -> None:
    """Add to what was written to and fro."""
    said = {"by": str(speaker), "on": clock.today().isoformat(), "text": words}
    request.talk = [*(request.talk or []), said]


def found_for_asker(
    request: FoundingRequest,
    *,
    name: str,
    town: str,
    slot: Slot | None,
    invites: bool,
    by: Account | None,
) -> Group:
    """Found the group that is asked for, and tell its asker, who is invited to coordinate it or not.

    Raises WouldHaveBegun when its first meeting would be in the past.
    """
    group = write_group(request.fellowship, name=name, town=town)
    if slot:
        write_slots(group, [slot])
    request.group = group
    move_on(request, RequestStatus.FOUNDED, by)
    if request.contact:
        tell_asker(request, "request_founded", group=group.name, slug=group.slug, invited=invites)
        if invites:
            invite_asker(request, group)
    return group


def invite_asker(request: FoundingRequest, group: Group) -> None:
    """Invite who asked to coordinate the group; nobody typed the address, so nobody is shown it."""
    write_invitation(
        email=str(request.contact),
        role=Role.COORDINATOR,
        group=group,
        fellowship=None,
        by=None,
        language=request.language,
    )


def tell_asker(request: FoundingRequest, kind: str, **values: Any) -> None:
    """Write a letter to who asked, unless all that was known of them is erased."""
    if not request.contact:
        return
    write_letter(
        kind,
        to=request.contact,
        language=request.language,
        values={"key": request.key} | values,
        founding_request_id=request.id,
    )


def tell_officers_it_waits(request: FoundingRequest, why: str) -> None:
    """Tell that something waits for them, never what or by whom: a mail may be read by others."""
    for account in officers_of(request.fellowship_id):
        write_letter(
            "request_waits",
            to=account.email,
            language=account.language,
            values={
                "name": account.name,
                "slug": request.fellowship.slug,
                "number": request.id,
                "why": why,
            },
        )


def tell_askers_of_start(group: Group, *, by: Account | None) -> None:
    """Tell who asked for a group that it begins; not who begins it, who knows."""
    for request in requests_for(group.id):
        if request.contact and (by is None or normal_address(request.contact) != by.email):
            tell_asker(request, "request_begins", group=group.name, slug=group.slug)


def answer_not_yet_to(request: FoundingRequest, reason: str, *, by: Account | None) -> None:
    """Say why not yet, with the nearest groups that have a seat; no reason: the fellowship ended."""
    move_on(request, RequestStatus.NOT_YET, by)
    near = [
        {"name": one.group.name, "slug": one.group.slug}
        for one in nearest_to(request, clock.now(), free=True)
    ]
    tell_asker(request, "request_not_yet", reason=reason, nearest=near)


def answer_all_at_end(fellowship: Fellowship, *, by: Account) -> None:
    """Tell those who still wait for an answer that the fellowship has ended: nobody waits in vain."""
    for request in hold_open_requests(fellowship.id):
        answer_not_yet_to(request, "", by=by)


def erase_asker(request: FoundingRequest) -> None:
    """Erase all that is personal in a request, its letters, and an invitation that nobody accepted.

    A town that we know and a status remain.
    """
    if request.group_id and request.contact:
        _take_back_invitation(request.group_id, normal_address(request.contact))
    for name in (
        "name", "contact", "words", "talk", "key", "key_hash", "ask_key", "consent_at",
        "consent_text", "weekday", "start",
    ):  # fmt: skip
        setattr(request, name, None)
    if not request.wish().is_known:
        request.town = ""  # whatever was typed there
    db.session.execute(delete(Letter).where(Letter.founding_request_id == request.id))
    erased()


def _take_back_invitation(group_id: int, address: str) -> None:
    waiting = select(Invitation).where(
        Invitation.group_id == group_id, Invitation.accepted_at.is_(None)
    )
    # What is sealed cannot be searched: each is opened and compared.
    theirs = [one for one in db.session.scalars(waiting) if one.email == address]
    keys = {one.key_hash for one in theirs}
    for letter in db.session.scalars(select(Letter).where(Letter.kind == "invitation")).all():
        if hash_of(letter.values["key"]) in keys:
            db.session.delete(letter)
    for invitation in theirs:
        db.session.delete(invitation)
