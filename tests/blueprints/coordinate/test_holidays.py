"""Holidays as coordinators answer them, and as everyone sees them, in both languages."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from time_machine import Traveller

from app.domain.meeting import Status
from app.records.groups import Group
from tests.blueprints.feeds import TUESDAY, addresses, edit, turn
from tests.browsing import submit, words_of
from tests.people import Person, World
from tests.queries import statements

SECOND = "/coordinate/oost/holidays/2026-12-26-second_christmas_day"
BREAK = "/coordinate/oost/holidays/2026-12-19-christmas_break"
DESK = "/coordinate/oost"


@pytest.fixture
def coordinator(clock: Traveller, app: Flask, world: World) -> FlaskClient:
    """Anna, whose group meets on Saturdays in Amsterdam."""

    def to_saturday(group: Group) -> None:
        group.province = "Noord-Holland"
        group.slots[0].weekday = 6

    edit(app, to_saturday)
    return world.anna.client()


def page(client: FlaskClient, address: str) -> str:
    answered = client.get(address)
    assert answered.status_code == 200
    return " ".join(words_of(answered.text).split())


def feed_of(app: Flask, *, discreet: bool = False) -> str:
    answered = app.test_client().get(addresses(app)[discreet])
    return answered.text.replace("\r\n ", "")


@pytest.mark.parametrize(
    ("language", "question", "other", "weeks"),
    [
        (
            "nl",
            "Tweede Kerstdag (zaterdag 26 december): komen jullie bij elkaar?",
            "Andere dag",
            (
                "Kerstvakantie (zaterdag 19 december tot en met zondag 3 januari): "
                "komen jullie bij elkaar?"
            ),
        ),
        (
            "en",
            "Boxing Day (Saturday 26 December): will you meet?",
            "Another day",
            "Christmas holidays (Saturday 19 December to Sunday 3 January): will you meet?",
        ),
    ],
)
def test_the_desk_asks_once_for_a_day_and_once_for_a_break(
    coordinator: FlaskClient, language: str, question: str, other: str, weeks: str
) -> None:
    desk = page(coordinator, f"{DESK}?lang={language}")

    assert desk.count(question) == 1
    assert desk.count(weeks) == 1
    assert other in desk


@pytest.mark.parametrize(
    ("language", "label"),
    [("nl", "vraag dit even na: Tweede Kerstdag"), ("en", "ask first: Boxing Day")],
)
def test_everyone_reads_that_they_should_ask_first(
    coordinator: FlaskClient, app: Flask, language: str, label: str
) -> None:
    assert label in page(app.test_client(), f"/groups/oost?lang={language}")


def test_the_feed_says_so_in_its_text_and_the_discreet_one_says_nothing(
    coordinator: FlaskClient, app: Flask
) -> None:
    assert "Tweede Kerstdag: vraag even na of het doorgaat." in feed_of(app)
    discreet = feed_of(app, discreet=True)
    assert "Kerst" not in discreet
    assert "vraag" not in discreet


def test_a_holiday_further_off_is_on_no_page_but_in_the_feed(
    coordinator: FlaskClient, app: Flask
) -> None:
    assert "Meivakantie" in feed_of(app)
    assert "Meivakantie" not in page(app.test_client(), "/groups/oost")
    assert "Meivakantie" not in page(coordinator, DESK)


@pytest.mark.parametrize(
    ("meets", "said", "seen", "in_feed"),
    [
        ("yes", "iedereen ziet nu dat jullie bij elkaar komen.", "za 26 dec 19.30", "CONFIRMED"),
        ("no", "iedereen ziet nu dat het niet doorgaat.", "za 26 dec –", "CANCELLED"),
    ],
)
def test_one_tap_answers_and_says_what_everyone_sees_now(
    coordinator: FlaskClient, app: Flask, meets: str, said: str, seen: str, in_feed: str
) -> None:
    answered = submit(coordinator, DESK, to=SECOND, meets=meets)

    assert answered.status_code == 303
    desk = page(coordinator, answered.location)
    assert f"Bewaard. Tweede Kerstdag: {said}" in desk
    assert "Tweede Kerstdag (zaterdag 26 december)" not in desk
    assert seen in page(app.test_client(), "/groups/oost")
    event = next(one for one in feed_of(app).split("BEGIN:VEVENT") if "20261226T193000" in one)
    assert f"STATUS:{in_feed}" in event
    assert "vraag even na" not in event


def test_no_to_a_break_shows_in_each_of_its_weeks(coordinator: FlaskClient, app: Flask) -> None:
    submit(coordinator, DESK, to=BREAK, meets="no")

    public = page(app.test_client(), "/groups/oost")
    assert public.count("gaat niet door: Kerstvakantie") == 3
    assert "vraag dit even na" not in public


def test_what_was_answered_can_be_answered_otherwise(coordinator: FlaskClient, app: Flask) -> None:
    submit(coordinator, DESK, to=SECOND, meets="no")
    assert "Tweede Kerstdag: jullie komen niet bij elkaar." in page(coordinator, DESK)

    submit(coordinator, DESK, to=SECOND, meets="yes")

    assert "Tweede Kerstdag: jullie komen bij elkaar." in page(coordinator, DESK)
    assert "za 26 dec 19.30" in page(app.test_client(), "/groups/oost")


def test_the_answer_stands_in_the_log(coordinator: FlaskClient) -> None:
    submit(coordinator, DESK, to=SECOND, meets="no")

    log = page(coordinator, f"{DESK}/changes")
    assert "Gezegd of jullie op een feestdag bij elkaar komen" in log
    assert "feestdag of vakantie: – → Tweede Kerstdag" in log
    assert "komt bij elkaar: – → nee" in log


def test_my_groups_tell_how_much_is_asked(coordinator: FlaskClient) -> None:
    assert "2 vragen voor jou" in page(coordinator, "/coordinate/")

    submit(coordinator, DESK, to=SECOND, meets="yes")

    assert "1 vraag voor jou" in page(coordinator, "/coordinate/")


def test_a_group_that_has_stopped_for_a_while_is_asked_nothing(
    coordinator: FlaskClient, app: Flask
) -> None:
    turn(app, Status.PAUSED, TUESDAY.date())

    assert "komen jullie bij elkaar?" not in page(coordinator, DESK)


@pytest.mark.parametrize(
    ("key", "meets", "status"),
    [
        ("2026-12-27-second_christmas_day", "yes", 404),
        ("x", "yes", 404),
        ("2026-12-26-second_christmas_day", "maybe", 422),
        ("2026-12-26-second_christmas_day", None, 422),
    ],
)
def test_what_was_never_asked_is_not_answered(
    coordinator: FlaskClient, app: Flask, key: str, meets: str | None, status: int
) -> None:
    token = page_token(coordinator)
    before = feed_of(app)

    data = {"csrf_token": token} | ({"meets": meets} if meets else {})
    answered = coordinator.post(f"/coordinate/oost/holidays/{key}", data=data)

    assert answered.status_code == status
    assert feed_of(app) == before


def test_a_holiday_that_is_over_says_so_and_changes_nothing(
    coordinator: FlaskClient, app: Flask
) -> None:
    token = page_token(coordinator)
    answered = coordinator.post(
        "/coordinate/oost/holidays/2026-10-10-autumn_break",
        data={"csrf_token": token, "meets": "no"},
    )

    assert answered.status_code == 303
    assert "Deze dag is al voorbij." in page(coordinator, DESK)


def page_token(client: FlaskClient) -> str:
    text = client.get(DESK).text
    return text.partition('name="csrf_token" value="')[2].partition('"')[0]


def test_the_desk_costs_as_much_whatever_is_asked(coordinator: FlaskClient, app: Flask) -> None:
    # The first answer confirms the listing, so that the desk asks after that no longer.
    submit(coordinator, DESK, to=SECOND, meets="yes")
    coordinator.get(DESK)
    with statements(app) as asked:
        coordinator.get(DESK)
    submit(coordinator, DESK, to=BREAK, meets="no")
    coordinator.get(DESK)

    with statements(app) as answered:
        coordinator.get(DESK)

    # The answer is a closure, of which one query asks which places of a house it shuts.
    assert len(answered) - len(asked) in (0, 1)


def test_the_address_of_a_group_that_is_not_mine_is_not_found(
    coordinator: FlaskClient, ben: Person
) -> None:
    other = ben.client()
    token = other.get("/coordinate/west").text
    token = token.partition('name="csrf_token" value="')[2].partition('"')[0]

    answered = other.post(SECOND, data={"csrf_token": token, "meets": "no"})

    assert answered.status_code == 404
