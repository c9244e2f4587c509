"""Asking for a seat: two fields and a tick, then one's own page; robots get nothing."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from app import create_app
from app.actions.chairs import set_chairs_taken, set_seating
from app.actions.groups import set_status
from app.actions.seats import Ask, ask_for_seat
from app.blueprints.parts.seat_form import CONSENT
from app.db import db
from app.domain.meeting import Status
from app.domain.seating import Hold, Seating
from app.records.accounts import Account
from app.records.groups import find_group
from app.records.participants import ParticipantRecord, people_of
from app.records.request_counts import RequestCount
from tests.browsing import form_in, form_on, submit, words_of
from tests.conftest import settings
from tests.people import World

ASK = "/groups/oost/ask"
OPENED = datetime.fromisoformat("2026-11-23T12:00+01:00")
SEAT_PAGE = re.compile(r"/seat/([A-Za-z0-9_-]{34})")


def ask(client: FlaskClient, **fields):
    return submit(client, ASK, **({"alias": "Kim", "consent": "y"} | fields))


def people(app: Flask, slug: str = "oost") -> list[ParticipantRecord]:
    with app.app_context():
        return people_of(find_group(slug).id)


def change(app: Flask, deed, *args) -> None:
    with app.app_context():
        anna = db.session.query(Account).filter_by(email="anna@example.org").one()
        deed(find_group("oost"), *args, by=anna)


def letters(app: Flask) -> list[tuple[str, str]]:
    from app.records.letters import Letter

    with app.app_context():
        return [(one.kind, one.recipient) for one in db.session.query(Letter)]


def test_kim_chooses_a_name_and_lands_on_her_own_page(
    client: FlaskClient, app: Flask, world: World
):
    answer = ask(client, contact="kim@example.org")

    assert answer.status_code == 303
    assert SEAT_PAGE.fullmatch(answer.location)
    [kim] = people(app)
    assert (kim.alias, kim.contact, kim.seat, kim.hold) == ("Kim", "kim@example.org", 1, Hold.ASKED)
    assert kim.consent_text == CONSENT
    assert "Je vraag is binnen" in client.get(answer.location).text


def test_a_name_and_a_tick_are_enough(client: FlaskClient, app: Flask, world: World):
    assert ask(client, contact=None, ask_key=None).status_code == 303
    assert people(app)[0].contact is None


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"consent": None}, "Zet hier een vinkje"),
        ({"alias": ""}, "Vul dit nog in"),
        ({"alias": "x" * 41}, "Houd het bij 40 tekens"),
        ({"contact": "kim"}, "Dit is geen mailadres"),
        ({"ask_key": "x"}, "Ga terug"),
        ({"ask_key": "x' OR 1=1 --"}, "Ga terug"),
    ],
)
def test_what_does_not_fit_is_said_at_its_field_and_kept(
    client: FlaskClient, app: Flask, world: World, fields: dict, sentence: str
):
    answer = ask(client, **fields)

    assert answer.status_code == 422
    assert sentence in answer.text
    assert fields.get("alias", "Kim") in answer.text
    assert people(app) == []


def test_a_double_click_is_one_seat_and_one_page(client: FlaskClient, app: Flask, world: World):
    form = form_on(client, ASK) | {"alias": "Kim", "consent": "y"}

    first, second = client.post(ASK, data=form), client.post(ASK, data=form)

    assert first.location == second.location
    assert len(people(app)) == 1


def test_the_answer_is_the_same_whether_or_not_someone_is_there_already(
    client: FlaskClient, app: Flask, world: World
):
    """T1: who asks in another's name learns nothing of them."""
    pages = []
    for name in ("Kim", "Kim", "Lou"):
        browser = app.test_client()
        address = "kim@example.org" if name == "Kim" else "lou@example.org"
        answer = ask(browser, alias=name, contact=address)
        page = browser.get(answer.location)
        token = answer.location.rpartition("/")[2]
        shown = re.sub(r'(csrf_token" value="|/feeds/|%2Ffeeds%2F)[\w.-]+', "", page.text)
        shown = shown.replace(token, "").replace(address, "").replace(name, "")
        pages.append((answer.status_code, page.status_code, re.sub(r"stoel \d", "", shown)))

    assert pages[0] == pages[1] == pages[2]


def test_a_full_group_says_so_before_and_puts_who_asks_in_line(
    client: FlaskClient, app: Flask, world: World
):
    change(app, set_chairs_taken, 12)
    change(app, set_seating, Seating.WELCOMES)

    before = words_of(client.get(ASK).text)
    ask(client, alias="Lou")
    page = client.get(ask(app.test_client()).location).text

    assert "De groep is vol. Je komt op de wachtlijst." in before
    assert "Je bent de tweede op de wachtlijst." in page
    assert "Hier is nu plek" in page
    assert "West" in page
    assert "km" in page


def test_only_groups_of_the_same_kind_with_a_seat_are_named(
    client: FlaskClient, app: Flask, world: World
):
    change(app, set_chairs_taken, 12)
    with app.app_context():
        find_group("west").audience = "women"
        db.session.commit()

    assert "Hier is nu plek" not in client.get(ASK).text


@pytest.mark.parametrize(
    ("seating", "sentence", "button"),
    [
        (Seating.BY_CONTACT, "spreek je eerst even met de contactpersoon", "#contact"),
        (Seating.WALK_IN, "Je kunt gewoon binnenlopen", "/groups/oost"),
    ],
)
def test_some_groups_say_in_a_sentence_how_it_goes_instead(
    client: FlaskClient, app: Flask, world: World, seating: Seating, sentence: str, button: str
):
    form = form_on(client, ASK)
    change(app, set_seating, seating)

    page = client.get(ASK)
    answer = client.post(ASK, data=form | {"alias": "Kim", "consent": "y"})

    assert (page.status_code, answer.status_code) == (200, 422)
    assert sentence in page.text
    assert sentence in answer.text
    assert button in page.text
    assert people(app) == []


@pytest.mark.parametrize("status", [Status.PAUSED, Status.CLOSED])
def test_a_group_that_does_not_meet_gives_no_seats(
    client: FlaskClient, app: Flask, world: World, status: Status
):
    form = form_on(client, ASK)
    change(app, set_status, status)

    answer = client.post(ASK, data=form | {"alias": "Kim", "consent": "y"})

    assert answer.status_code == 422
    assert "komt nu niet bij elkaar" in answer.text
    assert people(app) == []


def test_people_of_a_group_in_preparation_are_told_when_it_starts(
    client: FlaskClient, app: Flask, world: World
):
    change(app, set_status, Status.PREPARING)
    ask(client, contact="kim@example.org")

    change(app, set_status, Status.ACTIVE)
    change(app, set_status, Status.CLOSED)

    told = [kind for kind, to in letters(app) if to == "kim@example.org"]
    assert told == ["seat_given", "group_starts", "seat_ended"]


def test_a_name_that_tells_too_much_is_taken_with_a_kind_word(
    client: FlaskClient, app: Flask, world: World
):
    page = client.get(ask(client, alias="Kim de Vries").location).text

    assert people(app)[0].alias == "Kim de Vries"
    assert "Je voornaam is genoeg" in page


def test_coordinators_hear_that_somebody_asked_and_not_who(
    client: FlaskClient, app: Flask, world: World
):
    ask(client, contact="kim@example.org")

    assert ("someone_asked", "anna@example.org") in letters(app)


@pytest.mark.parametrize("page", [ASK, "/groups/oost/link"])
def test_the_pages_are_for_nobody_s_list(client: FlaskClient, world: World, page: str):
    answer = client.get(page)

    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert "Oost" not in re.search("<title>(.*)</title>", answer.text)[1]


def test_english_is_written_too(client: FlaskClient, app: Flask, world: World):
    page = client.get(f"{ASK}?lang=en")

    assert "Ask for a seat" in page.text
    assert "plek" not in words_of(page.text)


class TestWithLimits:
    """As a site stands on the web: limits on."""

    @pytest.fixture
    def app(self, sqlite_url: str) -> Iterator[Flask]:
        app = create_app(settings(sqlite_url, TWAALF_LIMITS="on"))
        yield app
        with app.app_context():
            db.session.remove()
            db.engine.dispose()

    @pytest.fixture
    def form(self, app: Flask, world: World, client: FlaskClient) -> dict:
        with time_machine.travel(OPENED, tick=False):
            return form_on(client, ASK) | {"alias": "Kim", "consent": "y"}

    def later(self, seconds: float = 3) -> time_machine.travel:
        """So long after the form was opened, however long the test itself takes."""
        return time_machine.travel(OPENED + timedelta(seconds=seconds), tick=False)

    def test_a_person_who_takes_three_seconds_has_a_seat(
        self, app: Flask, client: FlaskClient, form: dict
    ):
        with self.later():
            assert client.post(ASK, data=form).status_code == 303

        assert len(people(app)) == 1

    def test_a_person_who_left_the_page_open_for_days_has_a_seat(
        self, app: Flask, client: FlaskClient, form: dict
    ):
        with self.later(3 * 86400):
            assert client.post(ASK, data=form).status_code == 303

        assert len(people(app)) == 1

    @pytest.mark.parametrize("told_by", [{"trap": "https://spam.example"}, {"shown": "x"}, {}])
    def test_in_doubt_everyone_is_asked_again_and_keeps_every_word(
        self, app: Flask, client: FlaskClient, form: dict, told_by: dict
    ):
        """A keeper of passwords fills in what it likes; a robot does not press twice."""
        with self.later(3 if told_by else 0.5):
            again = client.post(ASK, data=form | told_by)
            assert again.status_code == 422
            assert people(app) == []
            assert 'value="Kim"' in again.text
            kept = form_in(again.text)
            assert kept["trap"] == [""]

        with self.later(6):
            assert client.post(ASK, data=kept).status_code == 303
        assert [one.alias for one in people(app)] == ["Kim"]

    def test_who_asks_as_a_sixth_within_the_hour_waits_a_moment_and_is_not_refused(
        self, app: Flask, client: FlaskClient, form: dict
    ):
        """A clinic, a phone company: thousands stand behind one address."""

        def ask_number(number: int) -> tuple[int, str]:
            answer = client.post(
                ASK,
                data=form | {"ask_key": f"form-number-{number}"},
                headers={"X-Forwarded-For": f"203.0.113.{number}"},
            )
            return answer.status_code, answer.headers.get("Retry-After", "")

        with self.later():
            wrong = [client.post(ASK, data=form | {"alias": ""}).status_code for _ in range(6)]
            asked = [ask_number(number) for number in range(6)]
        with self.later(8):
            last = ask_number(5)

        assert set(wrong) == {422}
        assert [code for code, _ in asked] == [303] * 5 + [429]
        assert asked[-1][1] == "5"
        assert last[0] == 303

    def test_a_network_is_counted_for_all_workers_and_without_its_address(
        self, app: Flask, client: FlaskClient, form: dict, sqlite_url: str
    ):
        other = create_app(settings(sqlite_url, TWAALF_LIMITS="on")).test_client()
        with self.later():
            for number in range(5):
                client.post(ASK, data=form | {"ask_key": f"form-number-{number}"})
            theirs = form_on(other, ASK) | {"alias": "Kim", "consent": "y"}
        with self.later(6):
            assert other.post(ASK, data=theirs).status_code == 429

        with app.app_context():
            rows = db.session.query(RequestCount).all()
            assert sum(row.number for row in rows) >= 5
            assert not any("127" in row.key_hash[:3] or "." in row.key_hash for row in rows)
        with self.later(2 * 3600):
            later = form_on(other, ASK) | {"alias": "Kim", "consent": "y"}
        with self.later(2 * 3600 + 5):
            assert other.post(ASK, data=later).status_code == 303
        with app.app_context():
            assert sum(row.number for row in db.session.query(RequestCount)) <= 2

    def test_a_network_has_six_letters_a_day_sent_to_one_address(
        self, app: Flask, client: FlaskClient, form: dict
    ):
        def told(number: int, network: str, address: str = "kim@example.org") -> int:
            more = {"ask_key": f"form-number-{number}", "contact": address}
            there = {"REMOTE_ADDR": network}
            return client.post(ASK, data=form | more, environ_base=there).status_code

        with self.later(seconds=100):
            answers = [told(number, "192.0.2.1") for number in range(6)]
            upper = told(6, "192.0.2.1", "KIM@Example.org")
            others = [told(7, "192.0.2.1", "bo@example.org"), told(8, "192.0.2.2")]

        assert (answers, upper, others) == ([303] * 6, 429, [303, 303])

    def test_a_group_is_asked_sixty_times_an_hour(
        self, app: Flask, client: FlaskClient, form: dict
    ):
        with self.later():
            answers = [
                client.post(
                    ASK,
                    data=form | {"ask_key": f"form-number-{number}"},
                    environ_base={"REMOTE_ADDR": f"192.0.2.{number}"},
                ).status_code
                for number in range(61)
            ]

        assert answers == [303] * 60 + [429]


def test_a_lost_link_is_sent_to_who_has_one_and_the_answer_never_tells(
    client: FlaskClient, app: Flask, world: World
):
    with app.app_context():
        ask_for_seat(
            find_group("oost"), Ask("Kim", "1", contact="kim@example.org"), ask_key="a-form"
        )

    answers = []
    for address in ("Kim@example.org", "lou@example.org"):
        browser = app.test_client()
        answer = submit(browser, "/groups/oost/link", contact=address)
        answers.append((answer.status_code, answer.location, browser.get(answer.location).text))

    assert answers[0][:2] == answers[1][:2] == (303, "/groups/oost")
    assert "onderweg" in answers[0][2]
    assert answers[0][2] == answers[1][2]
    assert [to for kind, to in letters(app) if kind == "seat_link"] == ["kim@example.org"]
