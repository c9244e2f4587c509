"""What is done to fellowships: found one, and edit what it says and how it works."""

from collections.abc import Collection
from dataclasses import asdict, dataclass, fields
from typing import Any

from sqlalchemy import select

from app import clock
from app.actions.parts.revision import calendars_follow, listings_changed
from app.actions.parts.transaction import hold_fellowship, note, transaction
from app.db import db
from app.domain.confirmation import CONFIRM_AFTER_WEEKS
from app.domain.listing import Audience, Subject
from app.domain.refusal import ChangedMeanwhile, NotTheirs
from app.domain.roles import Role
from app.domain.slug import NameInUse
from app.domain.themes import Theme
from app.domain.zones import HOME
from app.records.accounts import Account
from app.records.changes import last_editor_of_fellowship
from app.records.fellowships import Fellowship, ThemeTitle, find_fellowship


@dataclass(frozen=True)
class NewFellowship:
    """What is known of a fellowship when it begins; each name is a column of Fellowship."""

    slug: str
    name: str
    website: str = ""
    identity: str = ""
    newcomers: str = ""
    language: str = "nl"
    zone: str = HOME.key
    subject: str = Subject.OTHER
    audience: str = Audience.EVERYONE
    confirm_after: int = CONFIRM_AFTER_WEEKS


@dataclass(frozen=True)
class FellowshipEdit:
    """All that officers may change of their fellowship; each name but `titles` is a column."""

    name: str
    full_name: str
    identity: str
    closed_words: str
    under_sixteen: bool
    newcomers: str
    texts: dict[str, dict[str, str]]
    """By language, other than their own, what they say in that one."""
    professionals: str
    website: str
    phone: str
    email: str
    controller: str
    colour: str
    language: str
    zone: str
    coordinator_word: str
    sponsor_word: str
    confirm_after: int
    new_groups_need_yes: bool
    titles: tuple[Theme, ...]
    """Of the steps that have something of the fellowship's own, by step."""

    @classmethod
    def of(cls, fellowship: Fellowship) -> "FellowshipEdit":
        """Return the edit that changes nothing."""
        columns = {
            field.name: getattr(fellowship, field.name)
            for field in fields(cls)
            if field.name != "titles"
        }
        return cls(**columns, titles=tuple(one.value() for one in fellowship.titles))

    def differences(self, other: "FellowshipEdit") -> list[str]:
        """Return the names of the fields in which another differs, in the order of the form."""
        names = [field.name for field in fields(self)]
        return [name for name in names if getattr(self, name) != getattr(other, name)]


@transaction
def found_fellowship(new: NewFellowship, *, by: Account | None) -> Fellowship:
    """Write down a fellowship, without groups yet; no other has its name or address.

    Raises NameInUse, NotTheirs.
    """
    if by is not None and Role.OVERSEER not in by.kinds:
        raise NotTheirs
    same_name = select(Fellowship.id).where(Fellowship.name == new.name)
    if find_fellowship(new.slug) is not None or db.session.scalar(same_name) is not None:
        raise NameInUse(new.slug)
    fellowship = Fellowship(**asdict(new), created_at=clock.now())
    db.session.add(fellowship)
    db.session.flush()
    after = {"slug": new.slug, "name": new.name}
    note("found_fellowship", by=by, fellowship_id=fellowship.id, after=after)
    return fellowship


@transaction
def edit_fellowship(
    fellowship: Fellowship,
    edit: FellowshipEdit,
    *,
    by: Account,
    version: int | None,
    only: Collection[str] | None = None,
) -> None:
    """Save what changed. A colour or title raises the revision of every feed of its groups.

    `only` names the fields that were said; the others stay as they are under the lock.
    Raises ChangedMeanwhile with the edit that stands, and NotTheirs.
    """
    fellowship = hold_fellowship(fellowship.id, by)
    now = FellowshipEdit.of(fellowship)
    if version is not None and version != fellowship.version:
        raise ChangedMeanwhile(last_editor_of_fellowship(fellowship.id), now)
    changed = [name for name in now.differences(edit) if only is None or name in only]
    for name in changed:
        if name != "titles":
            setattr(fellowship, name, getattr(edit, name))
    if "titles" in changed:
        with calendars_follow(fellowship.id):
            _write_titles(fellowship, edit.titles)
    elif "colour" in changed:
        listings_changed(fellowship.id)
    fellowship.version += 1
    note(
        "edit_fellowship",
        by=by,
        fellowship_id=fellowship.id,
        before=_told(now, changed),
        after=_told(edit, changed),
    )


def _write_titles(fellowship: Fellowship, titles: tuple[Theme, ...]) -> None:
    records = {one.step: one for one in fellowship.titles}
    wanted = {theme.step: theme for theme in titles if theme.step}
    for step in records.keys() - wanted.keys():
        fellowship.titles.remove(records[step])
    for step, theme in wanted.items():
        record = records.get(step)
        if record is None:
            record = ThemeTitle(step=step)
            fellowship.titles.append(record)
        record.title, record.reading, record.question = theme.title, theme.reading, theme.question


def _told(edit: FellowshipEdit, names: list[str]) -> dict[str, Any]:
    """Return what the log says of these fields; of the titles, only of which steps there are."""
    told = {name: getattr(edit, name) for name in names if name != "titles"}
    if "titles" in names:
        told["titles"] = [theme.step for theme in edit.titles]
    return told
