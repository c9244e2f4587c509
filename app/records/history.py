"""The change log, searched: of one group, or of a whole fellowship as far as its officers may know."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import joinedload

from app.db import db
from app.records.accounts import Account
from app.records.changes import Change, ChangeOfGroup
from app.records.groups import Group

OF_THE_OFFICE = frozenset({
    "found_fellowship", "edit_fellowship", "end_fellowship", "reopen_fellowship", "end_officer",
    "found_group", "found_sister", "list_group", "list_again", "hand_on", "keep_list", "forget_list",
    "draw_region", "redraw_region", "erase_region",
    "confirm_after_call", "write_to_groups", "write_coordinators", "import_meetings", "undo_import", "keep_draft", "drop_draft", "decide_text",
    "edit_listing", "set_status", "set_slot", "set_slots", "withdraw_slot",
    "change_week", "call_off", "as_usual", "undo", "answer_holiday", "confirm_listing", "confirm_by_link",
    "close_group", "close_place", "close_fellowship", "change_closure", "withdraw_closure",
    "meet_all_the_same", "follow_closure", "add_place", "edit_place", "edit_house", "put_house_back", "say_one_house", "say_two_houses",
    "invite", "invite_again", "revoke", "accept", "undo_joining", "end_service", "leave_group", "erase_account",
    "take_archive", "read_archive_back",
    "ask_back", "answer_not_yet", "found_as_asked", "accept_proposal", "decline_proposal",
})  # fmt: skip
"""What officers read of their groups. Nothing about seats, evenings or contact persons is among it:
who counts the asks and the leavings of a small group counts its people."""


ABOUT_PLACES = frozenset({"place", "place_name", "street", "postcode"})
"""Of a change, what officers do not read: where a closed meeting is, is for who has a seat there."""


@dataclass(frozen=True)
class Wanted:
    """What is asked of the log; what is empty asks nothing."""

    deed: str = ""
    who: str = ""
    """Part of the chosen name of who did it."""
    group: str = ""
    """Part of a group's name; for a fellowship's log."""
    since: datetime | None = None
    before: datetime | None = None
    """Aware instants; the second is not in it."""


@dataclass(frozen=True)
class Entry:
    """A change, and the groups of it that may be named, by name."""

    change: Change
    groups: list[Group]


def history_of_group(
    group: Group, wanted: Wanted, *, most: int, before_id: int | None = None
) -> list[Change]:
    """Return a group's changes, the latest first, with who did them. One query."""
    about = select(ChangeOfGroup.change_id).where(ChangeOfGroup.group_id == group.id)
    query = _asked(select(Change).where(Change.id.in_(about)), wanted, before_id)
    return list(db.session.scalars(query.limit(most)))


def history_of_fellowship(
    fellowship_id: int, wanted: Wanted, *, most: int, before_id: int | None = None
) -> list[Entry]:
    """Return what officers may read of a fellowship and its groups, the latest first. Two queries."""
    groups = select(Group.id).where(Group.fellowship_id == fellowship_id)
    if wanted.group:
        groups = groups.where(Group.name.icontains(wanted.group, autoescape=True))
    of_groups = select(ChangeOfGroup.change_id).where(ChangeOfGroup.group_id.in_(groups))
    of_itself = Change.fellowship_id == fellowship_id
    about = Change.id.in_(of_groups)
    whole = about if wanted.group else or_(about, of_itself)
    query = _asked(select(Change).where(whole, Change.deed.in_(OF_THE_OFFICE)), wanted, before_id)
    changes = list(db.session.scalars(query.limit(most)))
    named = _groups_of({change.id for change in changes}, fellowship_id)
    return [Entry(change, named[change.id]) for change in changes]


def _asked(query: Select[Change], wanted: Wanted, before_id: int | None) -> Select[Change]:
    if wanted.deed:
        query = query.where(Change.deed == wanted.deed)
    if wanted.who:
        names = select(Account.id).where(Account.name.icontains(wanted.who, autoescape=True))
        query = query.where(Change.account_id.in_(names))
    if wanted.since:
        query = query.where(Change.at >= wanted.since)
    if wanted.before:
        query = query.where(Change.at < wanted.before)
    if before_id is not None:
        query = query.where(Change.id < before_id)
    return query.options(joinedload(Change.account)).order_by(Change.id.desc())


def _groups_of(change_ids: Collection[int], fellowship_id: int) -> dict[int, list[Group]]:
    found: dict[int, list[Group]] = defaultdict(list)
    query = (
        select(ChangeOfGroup.change_id, Group)
        .join(Group, Group.id == ChangeOfGroup.group_id)
        .where(ChangeOfGroup.change_id.in_(change_ids), Group.fellowship_id == fellowship_id)
        .order_by(Group.sorts_as)
    )
    for change_id, group in db.session.execute(query):
        found[change_id].append(group)
    return found
