"""A coordinator who does not answer: the office sets a last day, and one tap takes it back."""

from datetime import timedelta

from app import clock
from app.actions.parts.office import tell_officers
from app.actions.parts.outbox import write_letter
from app.actions.parts.transaction import hold_group, hold_group_as_officer, note, transaction
from app.domain.refusal import NotTheirs
from app.domain.roles import DAYS_OF_QUIET, HasAnswered, OthersCoordinate, last_day_of_silence
from app.records.accounts import Account, RoleRecord, coordinators_of
from app.records.changes import last_change_that, last_day_is_of_office
from app.records.groups import Group


@transaction
def end_silent_service(group: Group, *, reason: str, by: Account) -> None:
    """Give the only coordinator of a group a last day, a week from now, and tell them why.

    They keep their desk until somebody new has it; an earlier last day stays. From the day after,
    the group can be handed on. Raises OthersCoordinate, HasAnswered, NotTheirs.
    """
    group = hold_group_as_officer(group.id, by, regional=True)
    roles = coordinators_of(group.id)
    if len(roles) != 1:
        raise OthersCoordinate
    [role] = roles
    answer = last_change_that("stay", group.id)
    if answer is not None and clock.now() - answer.at < timedelta(days=DAYS_OF_QUIET):
        raise HasAnswered
    last_day = last_day_of_silence(group.day_of(clock.now()))
    before = {"until": role.until.isoformat() if role.until else ""}
    if role.until is not None and role.until <= last_day:
        last_day = role.until
    else:
        role.until = last_day
        _tell(role, group, reason)
    note(
        "end_silent_service",
        by=by,
        groups=[group],
        fellowship_id=group.fellowship_id,
        before=before,
        after={"until": last_day.isoformat(), "reason": reason},
    )


@transaction
def stay(group: Group, *, by: Account) -> None:
    """Take away the last day of one's own service, whoever set it; an office that did is told.

    Raises NotTheirs, also when the group is with somebody else by now.
    """
    group = hold_group(group.id, by)
    role = next((one for one in coordinators_of(group.id) if one.account_id == by.id), None)
    if role is None:
        raise NotTheirs
    before = {"until": role.until.isoformat() if role.until else ""}
    if last_day_is_of_office(role):
        tell_officers(group, "stays", by=by)
    role.until = None
    note("stay", by=by, groups=[group], before=before, after={"until": ""})


def _tell(role: RoleRecord, group: Group, reason: str) -> None:
    assert role.until is not None
    write_letter(
        "still_there",
        to=role.account.email,
        language=role.account.language,
        values={
            "name": role.account.name,
            "group": group.name,
            "slug": group.slug,
            "office": group.fellowship.name,
            "until": role.until.isoformat(),
            "reason": reason,
        },
        # The key of the letter that asks who follows: one letter about this day is enough.
        dedupe_key=f"service_ends:{role.id}:{role.until}",
    )
