"""What officers do with a request for a group: say yes, ask something, or say why not yet."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from app import clock
from app.actions.parts.request_rows import (
    answer_not_yet_to,
    found_for_asker,
    hold_request,
    move_on,
    tell_asker,
    write_down,
)
from app.actions.parts.transaction import note, transaction
from app.domain.founding import RequestIsOver, RequestStatus, Speaker
from app.domain.slot import Slot, StartsInThePast
from app.domain.week import Week
from app.records.accounts import Account
from app.records.founding_requests import FoundingRequest
from app.records.groups import Group


@dataclass(frozen=True)
class Plan:
    """The group that comes of a request."""

    name: str
    town: str
    slot: Slot | None = None
    """Day and hour as far as they are known; the place follows."""
    invites: bool = True
    """Whether who asked is invited to coordinate it."""


@transaction
def found_as_asked(
    request: FoundingRequest, plan: Plan, *, by: Account, version: int | None = None
) -> Group:
    """Say yes: the group is in preparation, and takes people.

    Raises ChangedMeanwhile, RequestIsOver, FellowshipIsClosed, StartsInThePast, NotTheirs.
    """
    request = hold_request(request, by, version)
    zone = ZoneInfo(request.fellowship.zone)
    if plan.slot and plan.slot.since < Week.at(clock.now(), zone):
        raise StartsInThePast(plan.slot.since.monday)
    group = found_for_asker(
        request, name=plan.name, town=plan.town, slot=plan.slot, invites=plan.invites, by=by
    )
    note(
        "found_as_asked",
        by=by,
        groups=[group],
        fellowship_id=request.fellowship_id,
        after={"request": request.id, "name": plan.name},
    )
    return group


@transaction
def ask_back(
    request: FoundingRequest, question: str, *, by: Account, version: int | None = None
) -> None:
    """Ask who asked something, by letter. Raises ChangedMeanwhile, RequestIsOver, NotTheirs."""
    request = _held_to_write(request, by, version)
    write_down(request, Speaker.OFFICER, question)
    move_on(request, RequestStatus.ASKED_BACK, by)
    tell_asker(request, "request_question", question=question)
    note(
        "ask_back",
        by=by,
        fellowship_id=request.fellowship_id,
        after={"request": request.id},
    )


@transaction
def answer_not_yet(
    request: FoundingRequest, reason: str, *, by: Account, version: int | None = None
) -> None:
    """Say why not yet, and name the nearest groups with a free seat.

    Raises ChangedMeanwhile, RequestIsOver, NotTheirs.
    """
    request = _held_to_write(request, by, version)
    write_down(request, Speaker.OFFICER, reason)
    answer_not_yet_to(request, reason, by=by)
    note(
        "answer_not_yet",
        by=by,
        fellowship_id=request.fellowship_id,
        after={"request": request.id},
    )


def _held_to_write(request: FoundingRequest, by: Account, version: int | None) -> FoundingRequest:
    """Lock a request whose asker can still be written to."""
    request = hold_request(request, by, version)
    if request.contact is None:
        raise RequestIsOver
    return request
