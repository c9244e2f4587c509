"""Mail that is refused is known of its address, and nobody waits for it in vain."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from app.actions.invitations import invite, invite_again
from app.actions.parts.outbox import write_letter
from app.actions.parts.transaction import transaction
from app.actions.seats import Asked, confirm_seat, leave_seat, set_letters
from app.db import db
from app.domain.roles import Role
from app.domain.seating import HOLDS, SEATS, TRIED_IN_VAIN, Hold
from app.records.accounts import Account
from app.records.groups import Group, find_group
from app.records.invitations import invitations_refused
from app.records.letters import Letter
from tests.actions.test_holds import at, come, row, with_mail
from tests.people import NOON
from tests.postman import Postman

GONE = "550 5.1.1 no such user"
REPORT = """\
From: MAILER-DAEMON@mx.example.org
To: post@groepen.example
Subject: Undelivered Mail Returned to Sender
Message-ID: <report@mx.example.org>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

I'm sorry to have to inform you.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org
Arrival-Date: Mon, 23 Nov 2026 12:00:00 +0000

Final-Recipient: rfc822; nobody@example.org
Action: {action}
Status: {status}

--b
{original}

--b--
"""
WHOLE = "Content-Type: message/rfc822\n\nFrom: post@groepen.example\nMessage-ID: <{id}>\n\nHoi"
HEADERS = "Content-Type: text/rfc822-headers\n\nFrom: post@groepen.example\nMessage-ID:\n <{id}>"


@pytest.fixture
def bounced(app: Flask, tmp_path: Path) -> Callable[..., str]:
    """Call it to pipe a mail, or several in a mailbox, to `flask letters bounced`."""

    def run(*mails: str, by_file: bool = False) -> str:
        words = mails[0] if len(mails) == 1 else "".join(f"From a Mon\n{one}\n" for one in mails)
        args, path = ["letters", "bounced"], tmp_path / "mailbox"
        path.write_text(words)
        args += [str(path)] if by_file else []
        done = app.test_cli_runner().invoke(
            args=args, input=None if by_file else words, catch_exceptions=False
        )
        assert done.exit_code == 0, done.output
        return done.output

    return run


def report(letter: Letter, original: str = WHOLE, *, action="failed", status="5.1.1") -> str:
    return REPORT.format(
        action=action, status=status, original=original.format(id=letter.message_id)
    )


def last_letter() -> Letter:
    return db.session.scalars(select(Letter).order_by(Letter.id.desc())).first()


def full(oost: Group, number: int = 2) -> tuple[Asked, list[Asked]]:
    """Fill the circle; return who sits on the first chair, and so many in line."""
    first, *_ = come(oost, *range(SEATS))
    return first, [with_mail(oost, 90 + one) for one in range(number)]


def test_an_offer_to_an_address_that_is_refused_passes_on_after_a_day(
    oost: Group, send, postman: Postman
) -> None:
    sits, (dead, waits) = full(oost)
    postman.refused["iemand90@example.org"] = GONE
    leave_seat(sits.key)
    send()

    assert row(dead).hold == Hold.OFFERED
    assert row(dead).held_until == NOON + TRIED_IN_VAIN
    assert not row(dead).is_reached

    with at(TRIED_IN_VAIN + timedelta(minutes=1)):
        send()

        assert row(waits).hold == Hold.OFFERED
        assert row(waits).held_until > NOON + HOLDS[Hold.OFFERED].lasts
        assert row(dead).seat is None


def test_an_offer_to_an_address_that_was_dead_already_stands_for_a_day(
    oost: Group, send, postman: Postman
) -> None:
    sits, (dead,) = full(oost, 1)
    postman.refused["iemand90@example.org"] = GONE
    send()
    leave_seat(sits.key)

    assert row(dead).held_until == NOON + TRIED_IN_VAIN


def test_an_offer_that_was_not_refused_lasts_as_ever(oost: Group, send) -> None:
    sits, (waits, _) = full(oost)
    leave_seat(sits.key)
    send()

    assert row(waits).held_until == NOON + HOLDS[Hold.OFFERED].lasts


def test_who_asked_with_a_dead_address_is_met_at_the_meeting(
    oost: Group, send, postman: Postman
) -> None:
    """As who left none: a slip of the pen costs nobody the first evening."""
    postman.refused["iemand1@example.org"] = GONE
    with at(timedelta(days=1)):  # the meeting is six days off, a hold by mail lasts two
        asked = with_mail(oost, 1)
        send()

        assert row(asked).held_until > NOON + timedelta(days=7)


def test_a_new_address_takes_the_mark_away_and_is_written_to(
    oost: Group, send, postman: Postman
) -> None:
    sits, (dead, waits) = full(oost)
    postman.refused["iemand90@example.org"] = GONE
    leave_seat(sits.key)
    send()

    with at(TRIED_IN_VAIN - timedelta(minutes=5)):
        set_letters(dead.key, wanted=True, contact="kim@example.org")
        send()

        assert postman.to[-1] == "kim@example.org"
        assert row(dead).is_reached
    with at(2 * TRIED_IN_VAIN - timedelta(minutes=10)):
        send()
        confirm_seat(dead.key, by_mail=True)

        assert row(dead).is_settled
        assert row(waits).seat is None


def test_the_same_address_is_tried_again_when_they_say_it_is_right(
    oost: Group, send, postman: Postman
) -> None:
    postman.refused["iemand1@example.org"] = GONE
    asked = with_mail(oost, 1)
    send()
    assert not row(asked).is_reached

    postman.refused.clear()
    set_letters(asked.key, wanted=True, contact="iemand1@example.org")
    send()

    assert row(asked).is_reached


def test_a_letter_to_an_address_that_was_replaced_meanwhile_tells_nothing(
    oost: Group, send, postman: Postman
) -> None:
    postman.refused["iemand1@example.org"] = GONE
    asked = with_mail(oost, 1)
    set_letters(asked.key, wanted=True, contact="kim@example.org")
    send()

    assert row(asked).is_reached


def test_what_fails_for_a_day_did_not_arrive_either(oost: Group, send, postman: Postman) -> None:
    postman.refused["iemand1@example.org"] = "452 4.2.2 mailbox full"
    asked = with_mail(oost, 1)
    send()
    assert row(asked).is_reached

    with at(timedelta(hours=25)):
        send()

        assert not row(asked).is_reached


def test_a_letter_that_cannot_be_worded_tells_nothing_of_its_address(
    oost: Group, anna: Account, send
) -> None:
    transaction(write_letter)("no_such_kind", to=anna.email, language="nl")
    send()
    with at(timedelta(hours=25)):
        send()

        assert db.session.scalars(select(Letter.given_up_at)).first() is not None
        assert db.session.get_one(Account, anna.id).mail_refused_at is None


def test_an_account_is_marked_until_a_letter_arrives(
    oost: Group, anna: Account, send, postman: Postman, caplog
) -> None:
    anna.hears_at_once = True
    db.session.commit()
    postman.refused["anna@example.org"] = GONE
    with_mail(oost, 1)
    send()
    assert db.session.get_one(Account, anna.id).mail_refused_at is not None
    assert "example.org" not in caplog.text

    postman.refused.clear()
    with_mail(oost, 2)
    send()

    assert db.session.get_one(Account, anna.id).mail_refused_at is None


def test_an_invitation_that_did_not_arrive_is_known_until_another_follows(
    oost: Group, anna: Account, send, postman: Postman
) -> None:
    postman.refused["nieuw@example.org"] = GONE
    invite(email="nieuw@example.org", role=Role.COORDINATOR, group=oost, by=anna)
    send()

    (known,) = invitations_refused([oost.fellowship_id])
    assert known.group_id == oost.id
    assert invitations_refused([oost.fellowship_id + 1]) == []

    invite_again(known, by=anna)

    assert invitations_refused([oost.fellowship_id]) == []


@pytest.mark.parametrize("original", [WHOLE, HEADERS])
@pytest.mark.parametrize("by_file", [True, False])
def test_a_letter_that_comes_back_later_marks_its_address(
    oost: Group, send, bounced, original: str, by_file: bool
) -> None:
    sits, (dead, _) = full(oost)
    send()
    leave_seat(sits.key)
    send()
    offer = db.session.scalars(select(Letter).where(Letter.kind == "moved_up")).one()
    with at(timedelta(hours=3)):
        said = bounced(report(offer, original), by_file=by_file)

        assert said == "1 reports read, 1 letters came back\n"
        assert not row(dead).is_reached
        assert row(dead).held_until == NOON + timedelta(hours=3) + TRIED_IN_VAIN


def test_a_mailbox_holds_many_reports_and_is_read_twice_without_harm(
    oost: Group, send, bounced
) -> None:
    people = [with_mail(oost, number) for number in (1, 2, 3)]
    send()
    letters = {
        letter.participant_id: letter
        for letter in db.session.scalars(select(Letter))
        if letter.participant_id
    }
    reports = [report(letters[row(one).id]) for one in people[:2]]

    assert bounced(*reports) == "2 reports read, 2 letters came back\n"
    assert [row(one).is_reached for one in people] == [False, False, True]
    set_letters(people[0].key, wanted=True, contact="kim@example.org")
    assert bounced(*reports, by_file=True) == "2 reports read, 0 letters came back\n"
    assert row(people[0]).is_reached


@pytest.mark.parametrize(
    ("action", "status"), [("delayed", "4.4.7"), ("delivered", "2.0.0"), ("relayed", "2.0.0")]
)
def test_a_report_of_a_delay_or_a_delivery_marks_nobody(
    oost: Group, send, bounced, action: str, status: str
) -> None:
    asked = with_mail(oost, 1)
    send()
    letter = db.session.scalars(select(Letter).where(Letter.participant_id == row(asked).id)).one()

    assert bounced(report(letter, action=action, status=status)).startswith("0 reports")
    assert row(asked).is_reached


@pytest.mark.parametrize(
    "mail",
    [
        "",
        "Subject: Ik ben er even niet\nIn-Reply-To: <{id}>\n\nTot maandag.",
        "Content-Type: message/delivery-status\n\nAction: failed",
        "Content-Type: multipart/report; boundary=x\nIn-Reply-To: <{id}>\n\n--x\n\nAction: failed",
        "From x\nFrom y\n\xff",
    ],
)
def test_other_mail_says_nothing(oost: Group, send, bounced, mail: str) -> None:
    asked = with_mail(oost, 1)
    send()
    letter = db.session.scalars(select(Letter).where(Letter.participant_id == row(asked).id)).one()

    assert "0 letters came back" in bounced(mail.replace("{id}", letter.message_id))
    assert row(asked).is_reached


def test_a_report_without_the_letter_names_it_by_envelope_or_answer(
    oost: Group, send, bounced
) -> None:
    people = [with_mail(oost, number) for number in (1, 2)]
    send()
    letters = {
        letter.participant_id: letter
        for letter in db.session.scalars(select(Letter))
        if letter.participant_id
    }
    by_envelope, by_answer = (letters[row(one).id] for one in people)
    bare = "Content-Type: text/plain\n\nleft out"

    bounced(
        report(by_envelope, bare).replace(
            "Arrival-Date", f"Original-Envelope-Id: {by_envelope.message_id}\nArrival-Date"
        )
    )
    bounced(f"In-Reply-To: <{by_answer.message_id}>\n" + report(by_answer, bare))

    assert not any(row(one).is_reached for one in people)


def test_on_each_database_a_refusal_marks_and_an_arrival_takes_the_mark_away(
    both: Flask, server: str, postman: Postman, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(both.config, "TWAALF_MAIL_URL", server)
    postman.refused["iemand1@example.org"] = GONE
    with both.app_context():
        asked = with_mail(find_group("oost"), 1)
    both.test_cli_runner().invoke(args=["letters", "send"], catch_exceptions=False)
    with both.app_context():
        assert not row(asked).is_reached
        postman.refused.clear()
        set_letters(asked.key, wanted=True, contact="iemand1@example.org")
    both.test_cli_runner().invoke(args=["letters", "send"], catch_exceptions=False)
    with both.app_context():
        assert row(asked).is_reached
        db.session.remove()
