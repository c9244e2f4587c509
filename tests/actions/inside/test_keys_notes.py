"""The note of a group for its coordinators: sealed, in no log, and handed over with the group."""

import pytest
from sqlalchemy import select, text

from app.actions.coordinators import leave_group
from app.actions.inside.keys_notes import write_keys_note
from app.actions.invitations import accept_as_new, invite
from app.db import db
from app.domain.refusal import ChangedMeanwhile, NotTheirs
from app.domain.roles import Role
from app.records.accounts import Account
from app.records.changes import Change
from app.records.groups import Group
from app.records.inside.keys_notes import keys_note_of

CODE = "Alarm: zilvermeeuw 1234."


def test_it_is_sealed_and_in_no_log(oost: Group, anna: Account):
    write_keys_note(oost, CODE, by=anna)

    [kept] = db.session.scalars(text("SELECT words FROM keys_note"))
    assert b"zilvermeeuw" not in bytes(kept)
    logged = [(one.deed, one.before, one.after) for one in db.session.scalars(select(Change))]
    assert "zilvermeeuw" not in repr(logged)
    assert keys_note_of(oost.id).words == CODE


def test_nobody_overwrites_it_unseen(oost: Group, anna: Account):
    write_keys_note(oost, CODE, by=anna, version=0)

    with pytest.raises(ChangedMeanwhile) as refused:
        write_keys_note(oost, "Iets anders.", by=anna, version=0)

    assert refused.value.current == CODE
    write_keys_note(oost, "", by=anna, version=1)
    assert keys_note_of(oost.id).words == ""


def test_it_stays_with_the_group_when_its_writer_leaves(oost: Group, anna: Account):
    write_keys_note(oost, CODE, by=anna)
    key = invite(email="bas@example.org", role=Role.COORDINATOR, group=oost, by=anna)
    bas = accept_as_new(key, name="Bas", password_hash="x", language="nl")

    leave_group(oost, by=anna)

    assert keys_note_of(oost.id).words == CODE
    write_keys_note(oost, "Ander slot.", by=bas, version=1)
    with pytest.raises(NotTheirs):
        write_keys_note(oost, CODE, by=anna)
