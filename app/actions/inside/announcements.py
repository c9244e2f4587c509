"""A word to the circle: said to everyone with a seat, and taken back."""

from app import clock
from app.actions.parts.held_circle import Circle, tell
from app.actions.parts.transaction import hold_circle, note, transaction
from app.db import db, erased
from app.domain.inside.announcement import WITHIN, check_said
from app.domain.refusal import NotTheirs
from app.records.accounts import Account
from app.records.groups import Group
from app.records.inside.announcements import (
    Announcement,
    announcements_of,
    number_said_since,
)


@transaction
def announce(group: Group, words: str, *, for_line: bool, by: Account) -> None:
    """Tell everyone whose seat it is, and with `for_line` who waits; the log holds no word of it.

    The same words as the last time are a button pressed twice: they are said once.
    Raises EnoughSaid, NotTheirs.
    """
    group = hold_circle(group.id, by)
    now = clock.now()
    said = announcements_of(group.id, now)
    if said and said[0].words == words and said[0].said_at > now - WITHIN:
        return
    check_said(number_said_since(group.id, now - WITHIN))
    one = Announcement(group_id=group.id, said_at=now, words=words, for_line=for_line)
    db.session.add(one)
    db.session.flush()
    circle = Circle(group)
    listeners = [person for person in circle.seated if person.is_settled]
    for person in [*listeners, *(circle.line if for_line else ())]:
        tell(person, "announcement", group=group, values={"announcement": one.id})
    note("announce", by=by, groups=[group])


@transaction
def take_back_announcement(group: Group, announcement_id: int, *, by: Account) -> None:
    """Erase what was said; letters that did not go out yet stay where they are. Raises NotTheirs."""
    group = hold_circle(group.id, by)
    one = db.session.get(Announcement, announcement_id, populate_existing=True)
    if one is None or one.group_id != group.id:
        raise NotTheirs
    db.session.delete(one)
    erased()
    note("take_back_announcement", by=by, groups=[group])
