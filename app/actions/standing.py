"""Writing how a group stands, in the transaction that changes it; its people are told."""

from app import clock
from app.actions.evening_news import telling_the_seated
from app.actions.line import tell
from app.actions.request_rows import tell_askers_of_start
from app.actions.revision import calendar_changed
from app.domain.meeting import Status
from app.records.accounts import Account
from app.records.groups import Group
from app.records.participants import people_of


def write_status(group: Group, status: Status, *, by: Account | None) -> None:
    """Start, pause, resume or close a held group from today on; nothing when it stands so."""
    before = Status(group.status)
    if status == before:
        return
    with telling_the_seated(group):
        group.status = status
        group.status_since = group.day_of(clock.now())
    calendar_changed(group)
    _tell_people(group, before)
    if status is Status.ACTIVE and before is Status.PREPARING:
        tell_askers_of_start(group, by=by)


def _tell_people(group: Group, before: Status) -> None:
    """Tell who has a seat or waits that the group starts, or that it has stopped."""
    for person in people_of(group.id):
        if group.status == Status.CLOSED:
            tell(person, "seat_ended", group=group, values={"reason": "closed"})
        elif group.status == Status.ACTIVE and before is Status.PREPARING:
            tell(person, "group_starts", group=group, values={"waits": person.seat is None})
