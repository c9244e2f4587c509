"""Letters are delivered by a real SMTP server: once, again after a refusal, and not for ever."""

import ssl
from collections.abc import Callable, Iterator

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from app import clock, create_app
from app.actions.letters import DROPPED_ENOUGH, _connect, send_letters
from app.actions.parts.outbox import write_letter
from app.actions.parts.transaction import transaction
from app.db import db
from app.formats.letter import word_letter, write_mail
from app.records.letters import Letter
from tests.conftest import settings
from tests.postman import Postman

MINUTE, HOUR = 60, 3600
NOW = "2026-11-24T12:00:00+00:00"


@pytest.fixture
def clock_at() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def outbox(app: Flask) -> Iterator[Callable[..., None]]:
    """Call it to put a letter in the outbox; an app context is open meanwhile."""
    with app.app_context():
        yield transaction(write_letter)


def deliver(server: str) -> tuple[int, int, int]:
    """Send what is due; return how many were sent, put off and given up."""
    done = send_letters(server, as_mail)
    return done.sent, done.later, done.given_up


def as_mail(letter: Letter, values: dict):
    subject, body = word_letter(letter.kind, letter.language, values, "https://groepen.example")
    return write_mail(
        subject=subject,
        body=body,
        to=letter.recipient,
        sender="post@groepen.example",
        message_id=letter.message_id,
        sent_at=clock.now(),
    )


def code_for(to: str) -> dict:
    return {
        "kind": "login_code",
        "to": to,
        "language": "nl",
        "values": {"name": "Anna", "code": "12345678"},
    }


def test_a_letter_is_sent_once(outbox, server: str, postman: Postman):
    outbox(**code_for("anna@example.org"))

    assert deliver(server) == (1, 0, 0)
    assert deliver(server) == (0, 0, 0)
    assert postman.to == ["anna@example.org"]


def test_what_is_sent_is_plain_and_says_nothing_telling_on_the_outside(
    outbox, server: str, postman: Postman
):
    outbox(**code_for("anna@example.org"))
    deliver(server)

    (mail,) = postman.taken

    assert mail["From"] == "Twaalf <post@groepen.example>"
    assert mail["Subject"] == "Je code"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail.get_content_type() == "text/plain"
    assert mail["Reply-To"] is None
    assert mail["Message-ID"].endswith("@twaalf.invalid>")
    assert "12345678" in mail.get_payload(decode=True).decode()


def test_a_letter_that_is_refused_for_now_comes_again_with_the_same_message_id(
    outbox, server: str, postman: Postman, clock_at
):
    outbox(**code_for("anna@example.org"))
    postman.answers = ["451 try again later"]

    first = deliver(server)
    at_once = deliver(server)
    clock_at.shift(MINUTE)
    second = deliver(server)

    assert (first, at_once, second) == ((0, 1, 0), (0, 0, 0), (1, 0, 0))
    assert len({mail["Message-ID"] for mail in postman.taken}) == 1
    assert len(postman.taken) == 2


def test_an_answer_about_work_goes_to_the_office_and_no_other_letter_says_where(
    app: Flask, outbox, server: str, postman: Postman, monkeypatch
):
    office = {"name": "Anna", "office": "Stay Clean", "words": "", "groups": []}
    outbox(kind="work", to="anna@example.org", language="nl",
           values=office | {"contact": "kantoor@stayclean.example"})  # fmt: skip
    outbox(kind="work", to="ben@example.org", language="nl", values=office | {"contact": ""})
    outbox(**code_for("kim@example.org"))
    monkeypatch.setitem(app.config, "TWAALF_MAIL_URL", server)

    app.test_cli_runner().invoke(args=["letters", "send"])

    assert {mail["To"]: mail["Reply-To"] for mail in postman.taken} == {
        "anna@example.org": "kantoor@stayclean.example",
        "ben@example.org": None,
        "kim@example.org": None,
    }


def test_the_waits_double_up_to_an_hour(outbox, server: str, postman: Postman, clock_at):
    outbox(**code_for("anna@example.org"))
    postman.answers = ["451 later"] * 20
    waits = []

    for _ in range(9):
        before = clock.now()
        assert deliver(server) == (0, 1, 0)
        due = db.session.scalars(select(Letter.due_at)).one()
        waits.append((due - before).total_seconds() / MINUTE)
        clock_at.move_to(due)

    assert waits == [1, 2, 4, 8, 16, 32, 60, 60, 60]


@pytest.mark.parametrize(
    ("where", "answer"),
    [
        ("RCPT", "550 5.1.1 no such mailbox"),
        ("RCPT", "501 5.1.3 bad address"),
        ("DATA", "554 5.7.1 not from you"),
    ],
)
def test_a_letter_that_is_refused_for_good_is_given_up_at_once(
    outbox, server: str, postman: Postman, clock_at, where: str, answer: str
):
    outbox(**code_for("nobody@example.org"))
    if where == "RCPT":
        postman.refused["nobody@example.org"] = answer
    else:
        postman.answers = [answer]

    assert deliver(server) == (0, 0, 1)
    clock_at.shift(HOUR)
    assert deliver(server) == (0, 0, 0)


@pytest.mark.parametrize("answer", ["451 4.2.1 later", "530 5.7.0 who are you", "503 not now"])
def test_a_letter_that_is_refused_for_now_or_for_our_fault_is_tried_for_a_day(
    outbox, server: str, postman: Postman, clock_at, answer: str
):
    outbox(**code_for("nobody@example.org"))
    postman.refused["nobody@example.org"] = answer
    assert deliver(server) == (0, 1, 0)

    clock_at.shift(23 * HOUR)
    assert deliver(server) == (0, 1, 0)
    clock_at.shift(2 * HOUR)
    assert deliver(server) == (0, 0, 1)


def test_giving_up_counts_from_the_first_failure_and_not_from_the_writing(
    outbox, server: str, postman: Postman, clock_at
):
    """A weekend without a timer, and then one 451, lost everything."""
    outbox(**code_for("anna@example.org"))
    postman.answers = ["451 later"]
    clock_at.shift(60 * HOUR)

    assert deliver(server) == (0, 1, 0)
    clock_at.shift(MINUTE)
    assert deliver(server) == (1, 0, 0)


def test_a_server_that_is_away_for_days_makes_no_letter_fail(
    outbox, server: str, postman: Postman, clock_at
):
    outbox(**code_for("anna@example.org"))
    for _ in range(4):
        assert deliver("smtp://127.0.0.1:1") == (0, 1, 0)
        clock_at.shift(20 * HOUR)

    postman.answers = ["451 later"]

    assert deliver(server) == (0, 1, 0)
    clock_at.shift(MINUTE)
    assert deliver(server) == (1, 0, 0)


def test_one_address_that_is_refused_does_not_keep_the_others_waiting(
    outbox, server: str, postman: Postman
):
    for name in ("anna", "nobody", "ben"):
        outbox(**code_for(f"{name}@example.org"))
    postman.refused["nobody@example.org"] = "550 no such mailbox"

    assert deliver(server) == (2, 0, 1)
    assert postman.to == ["anna@example.org", "ben@example.org"]


def test_a_letter_that_cannot_be_worded_does_not_keep_the_others_waiting(
    outbox, server: str, postman: Postman, caplog: pytest.LogCaptureFixture
):
    outbox("login_code", to="anna@example.org", language="nl", values={"name": "no code"})
    outbox("no_such_kind", to="anna@example.org", language="nl")
    outbox(**code_for("ben@example.org"))

    assert deliver(server) == (1, 2, 0)
    assert postman.to == ["ben@example.org"]
    assert "anna" not in caplog.text


def test_without_a_server_everything_waits_and_nothing_is_lost(outbox, clock_at):
    for name in ("anna", "ben"):
        outbox(**code_for(f"{name}@example.org"))

    assert deliver("smtp://127.0.0.1:1") == (0, 2, 0)
    assert db.session.scalars(select(Letter.sent_at)).all() == [None, None]


def test_a_server_that_hangs_up_halfway_gets_the_rest_later(
    outbox, server: str, postman: Postman, clock_at
):
    for name in ("anna", "ben", "carla"):
        outbox(**code_for(f"{name}@example.org"))
    postman.answers = ["250 OK", "421 shutting down"]

    first = deliver(server)
    clock_at.shift(MINUTE)
    second = deliver(server)

    assert first[0] + second[0] == 3
    assert sorted(postman.to) == ["anna@example.org", "ben@example.org", "carla@example.org"]


def test_a_connection_that_drops_at_one_letter_puts_off_that_one_alone(
    outbox, server: str, postman: Postman, clock_at
):
    for name in ("anna", "ben", "carla", "dirk"):
        outbox(**code_for(f"{name}@example.org"))
    postman.hung_up_on = {"ben@example.org"}

    assert deliver(server) == (3, 1, 0)
    assert postman.to == ["anna@example.org", "carla@example.org", "dirk@example.org"]
    assert postman.connections == 2


def test_a_server_that_hangs_up_on_everybody_is_left_alone(
    outbox, server: str, postman: Postman, clock_at
):
    for number in range(9):
        outbox(**code_for(f"{number}@example.org"))
    postman.hung_up_on = {f"{number}@example.org" for number in range(9)}

    assert deliver(server) == (0, 9, 0)
    assert postman.connections == DROPPED_ENOUGH


def test_a_letter_is_not_sent_before_its_time(outbox, server: str, clock_at):
    outbox(**code_for("anna@example.org"), due_at=clock.now().replace(hour=13))

    early = deliver(server)
    clock_at.shift(HOUR)

    assert (early, deliver(server)) == ((0, 0, 0), (1, 0, 0))


def test_a_run_that_died_leaves_its_letters_to_the_next(outbox, server: str, clock_at):
    """The lease is over after five minutes; until then nobody else takes the letter."""
    outbox(**code_for("anna@example.org"))

    def die(_letter: Letter, _values: dict):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        send_letters(server, die)
    meanwhile = deliver(server)
    clock_at.shift(5 * MINUTE)

    assert (meanwhile, deliver(server)) == ((0, 0, 0), (1, 0, 0))


def test_the_same_letter_is_written_but_once(outbox, server: str):
    for _ in range(2):
        outbox(**code_for("anna@example.org"), dedupe_key="same")

    assert deliver(server) == (1, 0, 0)


def test_no_transaction_is_open_while_the_server_is_asked(
    outbox, sqlite_url: str, server: str, app: Flask
):
    """Another process can write meanwhile."""
    outbox(**code_for("anna@example.org"))
    other = create_app(settings(sqlite_url))
    written = []

    def write_meanwhile(letter: Letter, values: dict):
        mail = as_mail(letter, values)
        with other.app_context():
            transaction(write_letter)(**code_for("ben@example.org"))
            written.append(True)
            db.session.remove()
            db.engine.dispose()
        return mail

    def word(letter: Letter, values: dict):
        return as_mail(letter, values) if written else write_meanwhile(letter, values)

    send_letters(server, word)

    assert written == [True]


def test_a_name_with_a_line_break_adds_no_header(outbox, server: str, postman: Postman):
    outbox("login_code", to="anna@example.org", language="nl",
           values={"name": "Anna\r\nBcc: evil@example.org", "code": "1"})  # fmt: skip

    deliver(server)

    assert postman.taken[0]["Bcc"] is None
    assert postman.to == ["anna@example.org"]


@pytest.mark.parametrize(
    ("mail_url", "is_proven"),
    [
        ("smtp://mail.example.org:587", True),
        ("smtps://mail.example.org", True),
        ("smtp://127.0.0.1:1025", False),
    ],
)
def test_a_mail_server_elsewhere_proves_who_it_is(
    monkeypatch: pytest.MonkeyPatch, mail_url: str, is_proven: bool
) -> None:
    """Else whoever stands between reads every letter, and every link in it."""
    trusted: list[ssl.SSLContext | None] = []

    class Server:
        def __init__(self, host: str, port: int, timeout: int, **how: ssl.SSLContext | None):
            trusted.extend(how.values())

        def ehlo(self) -> None: ...

        def has_extn(self, name: str) -> bool:
            return name == "starttls"

        def starttls(self, context: ssl.SSLContext | None) -> None:
            trusted.append(context)

    monkeypatch.setattr("smtplib.SMTP", Server)
    monkeypatch.setattr("smtplib.SMTP_SSL", Server)

    _connect(mail_url)

    assert len(trusted) == 1
    assert (trusted[0] is not None and trusted[0].verify_mode is ssl.CERT_REQUIRED) == is_proven
