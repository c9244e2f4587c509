"""An office sends a list that takes longer than a request: its page says how far that is, and how it ended."""

import io
import json
from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app import clock
from app.actions.national.lists import NewDraft
from app.actions.national.long_lists import end_look
from app.actions.parts.lists.run_claims import Claim, Taken, take_next
from app.blueprints.national.exchange import lists
from app.db import db
from app.domain.exchange.long_lists import LONG_BYTES, State, Step
from app.domain.meeting import Status
from app.domain.roles import Role
from app.records.accounts import Account, RoleRecord
from app.records.exchange.list_drafts import ListDraft
from app.records.exchange.list_imports import ListImport
from app.records.exchange.list_runs import ListRun
from app.records.groups import Group
from tests.browsing import submit, words_of
from tests.people import NOON, Person

LISTS = "/national/stay-clean/import"
ROWS = [
    {"slug": "noord", "name": "Noord", "day": 1, "time": "19:30", "city": "Zwolle"},
    {"slug": "zuid", "name": "Zuid", "day": 2, "time": "20:00", "city": "Breda"},
]  # fmt: skip
BUSY = "Deze lijst wacht op zijn beurt."
STILL = "Het werk ligt stil"


@pytest.fixture
def clock_stands() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOON, tick=False) as at:
        yield at


def send(olaf: Person, text: str | None = None) -> tuple[FlaskClient, str]:
    """Send a long list; return the client and the page that says how far it is."""
    client = olaf.client()
    text = json.dumps(ROWS) if text is None else text
    file = (io.BytesIO(text.encode() + b" " * LONG_BYTES), "groepen.json")
    answer = submit(client, LISTS, file=file, program="AA")
    assert answer.status_code == 303, answer.text
    return client, answer.location


def work(olaf: Person) -> None:
    done = olaf.app.test_cli_runner().invoke(args=["lists", "work"], catch_exceptions=False)
    assert done.exit_code == 0, done.output


def looked_through(olaf: Person) -> tuple[FlaskClient, str]:
    """Send a long list and let it be looked through; return the client and the draft's page."""
    client, page = send(olaf)
    work(olaf)
    return client, client.get(page).location


def names() -> set[str]:
    return set(db.session.scalars(select(Group.name))) - {"Oost", "West"}


def test_a_long_list_is_answered_at_once_and_its_page_follows_the_work(olaf: Person) -> None:
    client, page = send(olaf)

    waiting = client.get(page)
    assert BUSY in words_of(waiting.text)
    assert waiting.headers["Refresh"] == "3"
    assert page in client.get(LISTS).text
    with olaf.app.app_context():
        assert db.session.scalars(select(ListDraft)).one().lines == []
    work(olaf)

    shown = client.get(page, follow_redirects=True)
    assert "Uit groepen.json, 2 rijen. Er is nog niets veranderd." in words_of(shown.text)
    assert "Refresh" not in shown.headers
    assert "Lange lijsten, en hoe ver ze zijn" not in client.get(LISTS).text


def test_who_wants_a_page_that_stands_still_gets_one(olaf: Person) -> None:
    client, page = send(olaf)
    assert f"{page}?calm=1" in client.get(page).text

    calm = client.get(f"{page}?calm=1")

    assert "Refresh" not in calm.headers
    assert "Kijk hoe ver het is" in calm.text


def test_a_page_says_how_far_a_list_is_in_the_readers_language(olaf: Person) -> None:
    client, page = send(olaf)
    with olaf.app.app_context():
        run = db.session.scalars(select(ListRun)).one()
        run.state, run.step, run.done, run.of = State.WORKING, Step.COMPARING, 12_000, 50_000
        db.session.commit()

    dutch, english = client.get(page).text, client.get(f"{page}?lang=en").text

    assert "12.000 van 50.000 groepen bekeken." in words_of(dutch)
    assert 'value="12000" max="50000"' in dutch
    assert "12,000 of 50,000 groups compared." in words_of(english)


def test_a_long_list_is_taken_over_and_taken_back(
    olaf: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, draft = looked_through(olaf)

    accepting = submit(client, draft, do="accept").location
    assert BUSY in words_of(client.get(accepting).text)
    assert client.get(draft).location == accepting
    work(olaf)
    assert "Overgenomen: 2 nieuw, 0 veranderd." in words_of(client.get(accepting).text)
    with olaf.app.app_context():
        assert names() == {"Noord", "Zuid"}
        assert db.session.scalar(select(func.count(ListDraft.id))) == 0

    monkeypatch.setattr(lists, "LONG_GROUPS", 1)
    undoing = submit(client, LISTS, to="/national/stay-clean/imports/1/undo").location
    with olaf.app.app_context():
        assert db.session.scalars(select(ListImport)).one().undone_at is None
    work(olaf)
    assert "2 groepen zijn teruggezet." in words_of(client.get(undoing).text)
    with olaf.app.app_context():
        status = select(Group.status).where(Group.name.in_(["Noord", "Zuid"]))
        assert set(db.session.scalars(status)) == {Status.CLOSED}


def test_one_row_of_a_long_list_is_taken_over_and_the_rest_looked_through_again(
    olaf: Person,
) -> None:
    client, draft = looked_through(olaf)

    submit(client, draft, do="accept", row="2")
    work(olaf)

    with olaf.app.app_context():
        assert names() == {"Zuid"}
    assert "Noord" in words_of(client.get(draft).text)


def test_pressing_twice_begins_one_work(olaf: Person) -> None:
    client, draft = looked_through(olaf)
    form = {"do": "accept", "csrf_token": _token(client, draft)}

    first, second = client.post(draft, data=form), client.post(draft, data=form)

    assert (first.status_code, second.status_code) == (303, 303)
    assert first.location == second.location
    work(olaf)
    with olaf.app.app_context():
        assert names() == {"Noord", "Zuid"}
        assert db.session.scalar(select(func.count(ListImport.id))) == 1


def test_a_list_that_cannot_be_read_says_why_and_can_be_let_go(olaf: Person) -> None:
    client, page = send(olaf, '[{"name": "Noord",]')
    work(olaf)

    told = words_of(client.get(page).text)

    assert "Dit is geen goede JSON" in told
    assert "Er is niets veranderd, ook niet half." in told
    assert "Probeer het opnieuw" not in told
    submit(client, page, to=page.replace("work/1", "1"), do="drop")
    with olaf.app.app_context():
        assert db.session.scalar(select(func.count(ListDraft.id))) == 0


def test_what_nobody_foresaw_is_said_on_the_page_and_in_the_log(
    olaf: Person, caplog: pytest.LogCaptureFixture
) -> None:
    client, page = send(olaf)
    with olaf.app.app_context():
        db.session.scalars(select(ListDraft)).one().content = "bm9wZQ=="
        db.session.commit()
    work(olaf)

    told = words_of(client.get(page).text)
    assert "Er ging iets mis." in told
    assert "list 1 failed: error" in caplog.text
    with olaf.app.app_context():
        draft = db.session.scalars(select(ListDraft)).one()
        draft.content = lists.kept(json.dumps(ROWS).encode())
        db.session.commit()
    submit(client, page, to=f"{page}/again")
    work(olaf)
    assert "2 rijen" in words_of(client.get(page, follow_redirects=True).text)


def test_work_that_nobody_is_heard_of_is_begun_again_and_done_once(
    olaf: Person, clock_stands: time_machine.Traveller
) -> None:
    client, page = send(olaf)
    with olaf.app.app_context():
        killed = take_next("")
        assert killed
    clock_stands.shift(timedelta(seconds=59))
    assert STILL not in client.get(page).text

    clock_stands.shift(timedelta(seconds=2))
    stuck = client.get(page)
    assert STILL in stuck.text
    assert "Refresh" not in stuck.headers
    submit(client, page, to=f"{page}/again")
    work(olaf)

    assert "2 rijen" in words_of(client.get(page, follow_redirects=True).text)
    with olaf.app.app_context(), pytest.raises(Taken):
        end_look(Claim(killed.run_id, killed.word, ""), NewDraft("anders", "AA", ""))


def test_nobody_takes_work_from_who_is_busy_with_it(
    olaf: Person, clock_stands: time_machine.Traveller
) -> None:
    client, page = send(olaf)
    with olaf.app.app_context():
        assert take_next("")
        assert take_next("") is None

    client.post(f"{page}/again", data={"csrf_token": _token(client, page)})

    with olaf.app.app_context():
        assert db.session.scalars(select(ListRun.state)).all() == [State.WORKING]


def test_nothing_is_taken_over_by_the_right_of_who_has_it_no_more(olaf: Person) -> None:
    client, draft = looked_through(olaf)
    page = submit(client, draft, do="accept").location
    with olaf.app.app_context():
        role = select(RoleRecord).where(
            RoleRecord.account_id == olaf.id, RoleRecord.kind == Role.OFFICER
        )
        role = db.session.scalars(role).one()
        kept = {"kind": role.kind, "fellowship_id": role.fellowship_id, "since": role.since}
        db.session.delete(role)
        db.session.commit()
    work(olaf)

    with olaf.app.app_context():
        assert names() == set()
        assert db.session.scalars(select(ListRun.fault)).one() == "not_theirs"
        db.session.add(RoleRecord(account_id=olaf.id, **kept))
        db.session.commit()
    told = words_of(client.get(page).text)
    assert "Wie dit vroeg, beheert deze organisatie niet meer." in told


def test_a_list_that_somebody_let_go_meanwhile_is_not_taken_over(olaf: Person) -> None:
    client, draft = looked_through(olaf)
    form = {"do": "drop", "csrf_token": _token(client, draft)}
    page = submit(client, draft, do="accept").location
    client.post(draft, data=form)
    work(olaf)

    assert "De lijst is er niet meer." in words_of(client.get(page).text)
    with olaf.app.app_context():
        assert names() == set()


def test_what_was_done_is_forgotten_with_the_list(
    olaf: Person, clock_stands: time_machine.Traveller
) -> None:
    send(olaf)
    clock_stands.shift(timedelta(days=1))

    olaf.app.test_cli_runner().invoke(args=["forget"], catch_exceptions=False)

    with olaf.app.app_context():
        assert db.session.scalar(select(func.count(ListRun.id))) == 0


def test_the_work_of_an_account_that_is_gone_is_done_by_nobody(olaf: Person) -> None:
    _, page = send(olaf)
    with olaf.app.app_context():
        db.session.delete(db.session.get_one(Account, olaf.id))
        db.session.commit()
    work(olaf)

    with olaf.app.app_context():
        run = db.session.scalars(select(ListRun)).one()
        assert (run.account_id, run.fault) == (None, "not_theirs")
        assert run.made_at <= clock.now()
        assert page.endswith(str(run.id))


def _token(client: FlaskClient, page: str) -> str:
    from tests.addresses import csrf_token

    return csrf_token(client.application, client)
