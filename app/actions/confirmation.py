"""Is this still right?: coordinators confirm a listing, and are asked to when it ages."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import select

from app import clock
from app.actions.parts.links import hold_link, make_link
from app.actions.parts.outbox import write_letter
from app.actions.parts.revision import confirmed
from app.actions.parts.transaction import hold_group, hold_groups, note, transaction
from app.db import db
from app.domain.confirmation import LINK_LASTS, NothingTicked
from app.records.accounts import Account
from app.records.confirmations import confirmations_due
from app.records.groups import Group


@transaction
def confirm_listing(group: Group, *, by: Account) -> None:
    """Say that a listing is still right. Raises NotTheirs."""
    group = hold_group(group.id, by)
    before = _in_log(group)
    confirmed(group, by=by)
    note("confirm_listing", by=by, groups=[group], before=before, after=_in_log(group))


@transaction
def confirm_by_link(key: str, slugs: Collection[str]) -> tuple[list[Group], list[Group]]:
    """Say so of some groups by the link in a letter, which is used up.

    Returns the groups confirmed, and those that the letter asked about as well. Raises
    LinkIsOver, and NothingTicked, which leaves the link open.
    """
    link, groups = hold_link(key, "confirm")
    right = [group for group in groups if group.slug in slugs]
    if not right:
        raise NothingTicked
    link.used_at = clock.now()
    confirmed(*right, by=link.account)
    note("confirm_by_link", by=link.account, groups=right)
    return right, [group for group in groups if group not in right]


@transaction
def ask_whether_right(today: date, account_ids: Sequence[int] | None = None) -> int:
    """Write one letter to each of these coordinators about all groups that are due for asking.

    None is everybody, and for few.

    Returns how many letters that were. Run it as often as you like: it notes a change only when
    it wrote one.
    """
    ids = list(db.session.scalars(select(Account.id))) if account_ids is None else account_ids
    due = confirmations_due(ids, today)
    if due:
        # Asked again under the lock: another run may have been first.
        hold_groups({group.id for _, group in due}, None)
        due = confirmations_due(ids, today)
    groups_of = defaultdict(list)
    for account, group in due:
        groups_of[account].append(group)
    for account, groups in groups_of.items():
        key = make_link("confirm", account=account, groups=groups, lasts=LINK_LASTS)
        write_letter(
            "whether_right",
            to=account.email,
            language=account.language,
            values={"name": account.name, "groups": [one.name for one in groups], "key": key},
        )
    if due:
        note("ask_whether_right", by=None, groups={group for _, group in due})
    return len(groups_of)


def _in_log(group: Group) -> dict[str, str]:
    return {"confirmed_on": group.confirmed_on.isoformat() if group.confirmed_on else ""}
