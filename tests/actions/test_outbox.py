"""A letter is put into the outbox with one question, and those of one key once."""

from flask import Flask
from sqlalchemy import select

from app.actions.parts.outbox import write_letter
from app.actions.parts.transaction import transaction
from app.db import db
from app.records.letters import Letter
from tests.actions.at_once import at_once
from tests.queries import statements


def put(to: str, dedupe_key: str | None = "moved_up:1") -> bool:
    return transaction(write_letter)("moved_up", to=to, language="nl", dedupe_key=dedupe_key)


def recipients() -> list[str]:
    return list(db.session.scalars(select(Letter.recipient).order_by(Letter.id)))


def test_a_key_writes_once_and_who_asks_again_is_told_so(both: Flask) -> None:
    with both.app_context():
        assert put("first@example.org")
        assert not put("second@example.org")
        assert put("third@example.org", "moved_up:2")

        assert recipients() == ["first@example.org", "third@example.org"]


def test_letters_without_a_key_are_all_written(both: Flask) -> None:
    with both.app_context():
        assert put("first@example.org", None)
        assert put("first@example.org", None)

        assert recipients() == ["first@example.org"] * 2


def test_of_many_who_write_the_same_at_once_one_does(both: Flask) -> None:
    written: list[bool] = []

    raised = at_once(both, *[lambda: written.append(put("first@example.org"))] * 6)

    assert raised == []
    assert sorted(written) == [False] * 5 + [True]


def test_a_letter_is_one_question(both: Flask) -> None:
    with both.app_context():
        put("first@example.org", None)
        with statements(both) as sent:
            put("second@example.org")

    assert [one.split()[0] for one in sent] == ["INSERT"]
