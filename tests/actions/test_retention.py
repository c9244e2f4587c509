"""Retention by a frozen clock, and what is erased is gone from the disk."""

from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy
import time_machine
from cryptography.fernet import Fernet, InvalidToken
from flask import Flask
from sqlalchemy import text

from app import clock
from app.actions.parts.outbox import write_letter
from app.actions.parts.transaction import note, transaction
from app.actions.retention import forget
from app.actions.sealing import reseal
from app.actions.seats import Ask, Asked, ask_for_seat, confirm_seat, leave_seat
from app.db import db
from app.domain.keys import hash_of
from app.domain.week import Week
from app.records.changes import Change
from app.records.columns import use_sealing_keys
from app.records.evenings import Absence, Guests, TaskTaken
from app.records.groups import Group
from app.records.letters import Letter
from app.records.participants import find_participant, people_of
from tests.conftest import SEALING_KEY
from tests.people import NOON
from tests.queries import statements

ALIAS, CONTACT = "Zilvermeeuw", "zilvermeeuw@example.org"


def ask(group: Group, number: int = 1, contact: str = CONTACT) -> Asked:
    told = ask_for_seat(
        group, Ask(alias=ALIAS, consent_text="1", contact=contact), ask_key=f"form-{number}"
    )
    confirm_seat(told.key, by_mail=True)
    return told


def after(days: int):
    return time_machine.travel(NOON + timedelta(days=days), tick=False)


def kinds() -> list[str]:
    return [letter.kind for letter in db.session.query(Letter).order_by(Letter.id)]


def forget_now() -> None:
    forget(clock.now())


def test_a_group_of_which_nobody_is_due_is_not_held(app: Flask, oost: Group) -> None:
    """Most people come for months on end: each night they would all be read for nothing."""
    ask(oost)
    ask(oost, 2, contact="")

    for days, is_held in ((100, False), (365, True)):
        with after(days), statements(app) as sent:
            forget_now()
        assert any("participant.alias_number" in one for one in sent) is is_held


def test_a_seat_is_asked_after_a_year_and_nameless_a_month_later(oost: Group) -> None:
    told = ask(oost)

    with after(364):
        forget_now()
        assert "still_with_us" not in kinds()
    with after(365):
        forget_now()
        forget_now()
        assert kinds().count("still_with_us") == 1
    with after(394):
        forget_now()
        assert find_participant(hash_of(told.key)) is not None
    with after(395):
        forget_now()

    assert find_participant(hash_of(told.key)) is None
    assert [(one.seat, one.alias, one.contact) for one in people_of(oost.id)] == [(1, None, None)]


def test_who_says_yes_stays_another_year(oost: Group) -> None:
    told = ask(oost)
    with after(365):
        forget_now()
    with after(380):
        confirm_seat(told.key, by_mail=True)
    with after(380 + 364):
        forget_now()

    assert find_participant(hash_of(told.key)) is not None


def test_a_seat_without_a_contact_keeps_its_chair_and_loses_its_name(oost: Group) -> None:
    ask(oost, contact="")
    with after(365):
        forget_now()
    with after(395):
        forget_now()

    assert [(one.seat, one.alias) for one in people_of(oost.id)] == [(1, None)]


def test_who_waits_is_asked_after_ninety_days_and_leaves_the_line_thirty_later(
    oost: Group,
) -> None:
    for number in range(12):
        ask(oost, number, contact="")
    ask(oost, 12)
    ask(oost, 13, contact="")

    with after(90):
        forget_now()
        assert "still_with_us" in kinds()
    with after(120):
        forget_now()

    assert [one.contact for one in people_of(oost.id) if one.wait_number] == [None]


def test_evenings_are_forgotten_a_week_later(oost: Group) -> None:
    told = ask(oost)
    person = find_participant(hash_of(told.key))
    assert person is not None
    week = Week.of(NOON.date())
    db.session.add_all(
        [
            Absence(participant_id=person.id, week=week),
            TaskTaken(group_id=oost.id, week=week, kind="tea", participant_id=person.id),
            Guests(group_id=oost.id, week=week, number=2),
        ]
    )
    db.session.commit()

    def left() -> int:
        return sum(db.session.query(table).count() for table in (Absence, TaskTaken, Guests))

    # The week ends on Sunday 29 November.
    with after(13):
        forget_now()
        assert left() == 3
    with after(14):
        forget_now()
        assert left() == 0


def test_a_letter_is_erased_a_week_after_it_was_sent_but_not_sent_again(oost: Group) -> None:
    write = transaction(write_letter)
    write("service_ends", to=CONTACT, language="nl", values={"a": ALIAS}, dedupe_key="once")
    write("service_ends", to=CONTACT, language="nl")
    for letter in db.session.query(Letter):
        letter.sent_at = NOON
    db.session.commit()

    with after(7):
        forget_now()
        write("service_ends", to=CONTACT, language="nl", dedupe_key="once")

    [letter] = db.session.query(Letter)
    assert (letter.kind, letter.recipient, letter.values) == ("", "", {})


def test_the_log_is_kept_for_a_year(oost: Group) -> None:
    transaction(note)("set_status", by=None, groups=[oost])
    with after(364):
        forget_now()
        assert db.session.query(Change).count() == 1
    with after(365):
        forget_now()
        assert db.session.query(Change).count() == 0


def bytes_on_disk(app: Flask) -> bytes:
    file = Path(app.config["SQLALCHEMY_DATABASE_URI"].removeprefix("sqlite:///"))
    parts = [file, *(file.with_name(file.name + end) for end in ("-wal", "-shm", "-journal"))]
    return b"".join(part.read_bytes() for part in parts if part.exists())


def dump(app: Flask) -> str:
    """Return every value of every table, as a dump would hold it."""
    tables = sqlalchemy.inspect(db.engine).get_table_names()
    rows = [db.session.execute(text(f'SELECT * FROM "{name}"')).all() for name in tables]
    return repr(rows)


def test_the_name_stands_on_the_disk_until_it_is_erased_and_then_nowhere(
    oost: Group, app: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    told = ask(oost)
    assert ALIAS.encode() in bytes_on_disk(app)  # the control
    assert CONTACT.encode() not in bytes_on_disk(app)

    leave_seat(told.key)

    held = bytes_on_disk(app).decode("latin-1") + dump(app) + caplog.text
    for secret in (ALIAS, CONTACT, told.key):
        assert secret not in held


def test_a_name_that_silence_erased_is_gone_from_the_disk(oost: Group, app: Flask) -> None:
    ask(oost)
    for days in (365, 395):
        with after(days):
            forget_now()

    assert ALIAS.encode() not in bytes_on_disk(app)


def test_sealing_anew_lets_the_old_key_go(oost: Group) -> None:
    ask(oost)
    new = Fernet.generate_key().decode()
    try:
        use_sealing_keys([new])
        with pytest.raises(InvalidToken):
            reseal()
        use_sealing_keys([new, SEALING_KEY])
        assert reseal() > 0
        use_sealing_keys([new])
        db.session.expire_all()
        assert [one.contact for one in people_of(oost.id)] == [CONTACT]
        assert "seat_given" in kinds()
    finally:
        use_sealing_keys([SEALING_KEY])
