"""The note of a group for its coordinators: written whole, and never without seeing what stands."""

from app.actions.parts.transaction import hold_circle, note, transaction
from app.db import db, erased
from app.domain.refusal import ChangedMeanwhile
from app.records.accounts import Account
from app.records.changes import last_change_that
from app.records.groups import Group
from app.records.inside.keys_notes import KeysNote, keys_note_of


@transaction
def write_keys_note(group: Group, words: str, *, by: Account, version: int | None = None) -> None:
    """Write what coordinators hand over; empty erases the words. The log holds none of them.

    `version` is the one the form was opened with, 0 for none; None overwrites. Raises
    ChangedMeanwhile with the words as they are now, NotTheirs.
    """
    group = hold_circle(group.id, by)
    kept = keys_note_of(group.id)
    if version not in (None, kept.version if kept else 0):
        last = last_change_that("write_keys_note", group.id)
        who = last.account.name if last and last.account else ""
        raise ChangedMeanwhile(who, kept.words if kept else "")
    if words == (kept.words if kept else ""):
        return
    if kept is None:
        kept = KeysNote(group_id=group.id, words=words, version=0)
        db.session.add(kept)
    kept.words = words
    kept.version += 1
    erased()
    note("write_keys_note", by=by, groups=[group])
