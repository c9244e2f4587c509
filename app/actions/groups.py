"""What coordinators do to a group as such: its listing and its status; and founding one."""

from contextlib import nullcontext
from dataclasses import dataclass, fields

from sqlalchemy import select

from app.actions.parts.group_status import status_as_noted, write_status
from app.actions.parts.new_group import founded_just_now, write_group
from app.actions.parts.revision import TOLD, calendar_follows, confirmed, listing_changed
from app.actions.parts.transaction import (
    hold_fellowship,
    hold_group,
    hold_group_for,
    note,
    transaction,
)
from app.db import db
from app.domain.meeting import Status
from app.domain.refusal import ChangedMeanwhile
from app.domain.slug import free_slug
from app.records.accounts import Account
from app.records.changes import last_editor
from app.records.fellowships import Fellowship
from app.records.groups import FormerSlug, Group, slug_is_taken


@dataclass(frozen=True)
class ListingEdit:
    """The part of a listing that coordinators write; each name is a column of Group."""

    name: str
    description: str
    audience: str
    subject: str
    language: str
    is_open: bool | None
    features: list[str]
    codes: list[list[str]]
    """What kind of meeting it is, as (program, code), and what else lists said."""
    town: str
    province: str
    may_be_indexed: bool
    zone: str
    language_said: bool = True
    zone_said: bool = True


@transaction
def edit_listing(
    group: Group,
    edit: ListingEdit,
    *,
    by: Account | None,
    version: int | None = None,
    as_officer: bool = False,
) -> str:
    """Write a listing. A new name gives a new address; the old one keeps answering.

    Return the address. `version` is the one the form was opened with; None overwrites. Raises ChangedMeanwhile with
    the listing as it is now, NotTheirs.
    """
    group = hold_group_for(group.id, by, as_officer=as_officer, regional=True)
    now = {field.name: getattr(group, field.name) for field in fields(ListingEdit)}
    if version is not None and version != group.version:
        raise ChangedMeanwhile(last_editor(group.id), ListingEdit(**now))
    after = {name: getattr(edit, name) for name in now if getattr(edit, name) != now[name]}
    before = {name: now[name] for name in after}
    if after:
        told = TOLD & after.keys()
        with calendar_follows(group) if told else nullcontext():
            for name, new in after.items():
                setattr(group, name, new)
            if "name" in after:
                _move_to_address_of(group, edit.name)
        if not told:
            listing_changed(group)
    group.version += 1
    confirmed(group, by=by)
    note("edit_listing", by=by, groups=[group], before=before, after=after)
    return group.slug


@transaction
def set_status(group: Group, status: Status, *, by: Account | None) -> None:
    """Start, pause, resume or close a group, from now on; who has a seat or waits is told.

    Nothing is noted when it stands so. Raises NotTheirs.
    """
    group = hold_group(group.id, by)
    if status == group.status:
        return
    before = status_as_noted(group)
    write_status(group, status, by=by)
    confirmed(group, by=by)
    note("set_status", by=by, groups=[group], before=before, after=status_as_noted(group))


@transaction
def found_group(fellowship: Fellowship, *, name: str, town: str, by: Account | None) -> Group:
    """Found a group in preparation, without place, time or coordinator yet.

    What was founded by the same name in the same town a moment ago is this very group: somebody
    pressed twice. Raises NotTheirs when `by` is no officer of the fellowship, FellowshipIsClosed.
    """
    fellowship = hold_fellowship(fellowship.id, by)
    if twice := founded_just_now(fellowship.id, name=name, town=town):
        return twice
    group = write_group(fellowship, name=name, town=town)
    note("found_group", by=by, groups=[group], fellowship_id=fellowship.id, after={"name": name})
    return group


def _move_to_address_of(group: Group, name: str) -> None:
    own = select(FormerSlug).where(FormerSlug.group_id == group.id)
    former = {row.slug: row for row in db.session.scalars(own)}
    slug = free_slug(
        name, lambda wanted: wanted != group.slug and wanted not in former and slug_is_taken(wanted)
    )
    if slug == group.slug:
        return
    if slug in former:
        db.session.delete(former[slug])
    db.session.add(FormerSlug(slug=group.slug, group_id=group.id))
    group.slug = slug
