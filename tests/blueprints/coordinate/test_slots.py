"""The standing time: from a chosen week on, previewed, told on page and log."""

import html
import re
from datetime import UTC, datetime

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from app.db import db
from app.domain.themes import ByWeekOfMonth, Theme
from app.domain.week import Week
from app.records.groups import Group, find_group
from app.records.letters import Letter
from app.records.listings import schedule_of
from app.records.places import PlaceRecord
from app.records.slots import write_themes
from tests.browsing import form_on, submit, words_of
from tests.people import Person

SUNDAY = datetime(2026, 11, 22, 12, tzinfo=UTC)
"""In 2026-W47: the next week is 2026-W48."""
SLOT = "/coordinate/oost/slot"


@pytest.fixture(autouse=True)
def _on_that_sunday():
    with time_machine.travel(SUNDAY, tick=False):
        yield


def slots_of(person: Person, slug: str = "oost") -> list[tuple]:
    with person.app.app_context():
        group = db.session.query(Group).filter_by(slug=slug).one()
        return [(str(one.since), one.weekday, f"{one.start:%H:%M}") for one in group.slots]


def test_a_preview_shows_six_meetings_and_stores_nothing(anna: Person) -> None:
    answer = submit(anna.client(), SLOT, since="2026-W50", weekday=4, start="20:00", do="preview")

    assert answer.status_code == 200
    assert "do 10 dec" in answer.text
    assert "do 14 jan" in answer.text
    assert len(slots_of(anna)) == 1


def test_a_new_slot_holds_from_its_week_on(anna: Person) -> None:
    client = anna.client()

    answer = submit(client, SLOT, since="2026-W50", weekday=4, start="20:00", do="save")

    assert answer.status_code == 303
    assert slots_of(anna)[1:] == [("2026-W50", 4, "20:00")]
    page = client.get("/groups/oost").text
    assert "ma 30 nov" in page
    assert "do 10 dec" in page


def test_the_steps_go_on_when_the_day_changes(anna: Person) -> None:
    client = anna.client()
    before = client.get("/groups/oost").text

    submit(client, SLOT, since="2026-W49", weekday=2, start="19:30", do="save")

    # 2026-W02 began with step 1, so that W49 has step 12 whatever its day.
    assert "Stap 12" in before
    assert "Stap 12" in client.get("/groups/oost").text


def test_saving_works_without_a_preview_before_and_without_the_other_fields(anna: Person) -> None:
    client = anna.client()

    answer = submit(
        client,
        SLOT,
        since="2026-W49",
        weekday=5,
        start="18:15",
        without=("visibility", "themes", "first", "place", "version"),
        do="save",
    )

    assert answer.status_code == 303
    assert slots_of(anna)[1:] == [("2026-W49", 5, "18:15")]


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("since", "2026-W54", "Deze week bestaat niet."),
        ("since", "2026-W40", "Kies deze week of een week die nog komt."),
        ("since", "morgen", "Deze week bestaat niet."),
        ("start", "", "Vul een tijd in"),
        ("start", "25:00", "tijd"),
        ("minutes", "5", "Een bijeenkomst duurt minstens 15 minuten en hooguit 10 uur."),
        ("minutes", "99999999999", "Een bijeenkomst duurt minstens"),
        ("minutes", "lang", "hoeveel minuten"),
        ("weekday", "8", "keuze"),
        ("place", "99", "keuze"),
    ],
)
def test_wrong_input_gets_a_sentence_at_its_field_and_nothing_is_stored(
    anna: Person, field: str, value: str, sentence: str
) -> None:
    answer = submit(anna.client(), SLOT, do="save", **{"minutes": "95", field: value})

    assert answer.status_code == 422
    assert sentence in answer.text
    assert f'id="{field}-error"' in answer.text
    if field != "minutes":
        assert 'value="95"' in answer.text
    assert len(slots_of(anna)) == 1


def test_who_saves_second_is_told_and_loses_nothing(anna: Person) -> None:
    first, second = anna.client(), anna.client()
    stale = {"since": "2026-W50", "weekday": 6, "start": "11:00"}
    second_page = second.get(SLOT).text
    assert 'name="version"' in second_page
    submit(first, SLOT, since="2026-W50", weekday=2, start="20:00", do="save")

    answer = submit(second, SLOT, **stale, version="1", do="save")

    assert answer.status_code == 422
    assert "intussen veranderd door Anna" in answer.text
    assert "dinsdag 20.00" in answer.text
    assert 'value="11:00"' in answer.text
    assert slots_of(anna)[-1] == ("2026-W50", 2, "20:00")


def test_a_slot_that_has_not_begun_can_be_withdrawn(anna: Person) -> None:
    client = anna.client()
    submit(client, SLOT, since="2026-W50", weekday=4, start="20:00", do="save")

    answer = submit(client, SLOT, to=f"{SLOT}/2026-W50/withdraw")

    assert answer.status_code == 303
    assert len(slots_of(anna)) == 1


def test_what_holds_now_is_told_while_a_change_for_next_week_waits(anna: Person) -> None:
    client = anna.client()
    submit(client, SLOT, since="2026-W48", weekday=4, start="20:15", do="save")

    page = client.get(SLOT).text

    assert "Nu: maandag 19.30" in page
    assert 'value="20:15"' in page


def test_the_first_slot_cannot_be_withdrawn(anna: Person) -> None:
    client = anna.client()
    token = form_on(client, SLOT)["csrf_token"]

    answer = client.post(f"{SLOT}/2026-W02/withdraw", data={"csrf_token": token})

    assert answer.status_code == 303
    assert "Intrekken kan niet meer" in client.get(SLOT).text
    assert len(slots_of(anna)) == 1


def test_themes_by_week_of_the_month_show_on_the_page(anna: Person) -> None:
    client = anna.client()

    submit(client, SLOT, since="2026-W49", themes="month", month_1="Spreker", do="save")

    page = client.get("/groups/oost").text
    assert "Spreker" in page
    assert "Stap 12" not in page


def test_the_log_names_the_change(anna: Person) -> None:
    client = anna.client()
    submit(client, SLOT, since="2026-W50", weekday=4, start="20:00", do="save")

    log = client.get("/coordinate/oost/changes").text

    assert "Vaste tijd veranderd" in log
    assert "maandag</span> → donderdag" in log
    assert "Anna" in log


def test_a_place_that_is_not_mine_cannot_be_chosen(anna: Person, ben: Person) -> None:
    with anna.app.app_context():
        west = db.session.query(Group).filter_by(slug="west").one()
        other = str(west.slots[0].place_id)

    answer = submit(anna.client(), SLOT, place=other, do="save")

    assert answer.status_code == 422


def test_two_groups_in_one_room_are_warned_and_not_refused(app: Flask, anna: Person, ben: Person):
    with app.app_context():
        hall = find_group("oost").slots[0].place_id
        find_group("west").slots[0].place_id = hall
        db.session.commit()
    client = anna.client()
    warning = "Let op: in dezelfde ruimte komt vanaf woensdag"

    shown = submit(client, SLOT, weekday="3", start="20:00", do="preview")
    assert warning in shown.text
    assert "ook West bij elkaar, woensdag 19.30." in shown.text
    assert warning not in client.get("/coordinate/oost").text

    saved = submit(client, SLOT, weekday="3", start="20:00", do="save")
    assert saved.status_code == 303
    assert warning in client.get("/coordinate/oost").text
    assert "ook Oost bij elkaar" in ben.client().get("/coordinate/west").text


def test_what_is_agreed_from_a_week_on_says_what_changes_and_only_that(anna: Person) -> None:
    client = anna.client()
    submit(client, SLOT, since="2026-W50", minutes="90", do="save")
    submit(client, SLOT, since="2026-W51", themes="none", minutes="90", do="save")

    for page in ("/groups/oost", "/coordinate/oost"):
        text = client.get(page).text
        assert "Vanaf maandag 7 december: 90 minuten." in text
        assert "Vanaf maandag 14 december: geen vast thema." in text


def test_who_saves_second_reads_which_place_stands_there_now(anna: Person) -> None:
    first, second = anna.client(), anna.client()
    held = form_on(second, SLOT)
    submit(first, SLOT, since="2026-W48", place="", do="save")

    answer = second.post(SLOT, data=held | {"do": "save", "minutes": "100"})

    assert answer.status_code == 422
    assert "Nu staat er: maandag 19.30, locatie volgt." in answer.text
    assert 'value="100"' in answer.text


def test_readings_of_themes_by_the_month_stay_when_the_day_changes(anna: Person) -> None:
    themes = ByWeekOfMonth({1: Theme(title="Traditie", reading="Blz. 9", question="Waarom?")})
    with anna.app.app_context():
        group = db.session.query(Group).filter_by(slug="oost").one()
        group.slots[0].themes = write_themes(themes)
        db.session.commit()

    submit(anna.client(), SLOT, since="2026-W49", weekday=2, do="save")

    with anna.app.app_context():
        group = db.session.query(Group).filter_by(slug="oost").one()
        assert group.slots[1].value().themes == themes


# A new standing time begins with a meeting still to come

HELD = datetime(2026, 11, 29, 17, 11, tzinfo=UTC)
"""Sunday 18.11 in Amsterdam: Monday's evening of 2026-W48 was held."""


@pytest.mark.parametrize("do", ["preview", "save"])
@pytest.mark.parametrize(
    ("weekday", "start"), [("7", "18:12"), ("7", "23:00"), ("1", "19:00"), ("6", "20:00")]
)
def test_what_was_held_this_week_is_not_moved(
    anna: Person, weekday: str, start: str, do: str
) -> None:
    with time_machine.travel(HELD, tick=False):
        client = anna.client()
        page = client.get(SLOT).text
        answer = submit(client, SLOT, since="2026-W48", weekday=weekday, start=start, do=do)

    assert 'value="2026-W48"' not in page
    assert answer.status_code == 422
    assert "De bijeenkomst van maandag 23 november is al begonnen of geweest" in answer.text
    assert "Kies de week van maandag 30 november, of een latere." in answer.text
    assert len(slots_of(anna)) == 1
    with anna.app.app_context():
        assert db.session.query(Letter).count() == 0


def test_tonight_is_not_put_in_the_past(anna: Person) -> None:
    with time_machine.travel(datetime(2026, 11, 26, 12, tzinfo=UTC), tick=False):
        client = anna.client()
        submit(client, "/coordinate/oost/sister", name="Nacht", weekday="7", start="23:00")
    with time_machine.travel(datetime(2026, 12, 6, 17, 45, tzinfo=UTC), tick=False):
        client = anna.client()
        page = client.get("/coordinate/nacht/slot").text
        answer = submit(
            client, "/coordinate/nacht/slot", since="2026-W49", weekday="1", start="19:00"
        )

    assert 'value="2026-W49"' in page
    assert answer.status_code == 422
    assert "Maandag 30 november, 19.00 is al geweest." in answer.text


def test_it_says_so_in_english(anna: Person) -> None:
    with time_machine.travel(HELD, tick=False):
        answer = submit(
            anna.client(), f"{SLOT}?lang=en", since="2026-W48", weekday="7", start="20:00"
        )

    assert "The meeting of Monday 23 November has begun or has been" in answer.text


# Weeks that were arranged otherwise

CHRISTMAS = "/coordinate/oost/weeks/2026-W52"
"""Monday 21 December."""


def arranged(client: FlaskClient) -> None:
    submit(client, f"{CHRISTMAS}?change=cancelled", to=CHRISTMAS, reason="feest", do="save")


def week_52(person: Person) -> tuple[str, bool]:
    with person.app.app_context():
        week = Week.parse("2026-W52")
        meeting = schedule_of(find_group("oost"), (week, week), public=False).meeting_in(week)
        assert meeting
        return f"{meeting.starts:%a %H:%M}", meeting.is_on


@pytest.mark.parametrize(
    ("fate", "then"),
    [
        ("keep", ("Mon 19:30", False)),
        ("carry", ("Thu 20:00", False)),
        ("drop", ("Thu 20:00", True)),
        (None, ("Thu 20:00", False)),
    ],
)
def test_a_week_that_was_off_becomes_what_its_coordinator_says(
    anna: Person, fate: str | None, then: tuple[str, bool]
) -> None:
    client = anna.client()
    arranged(client)
    chosen = {"week-2026-W52": fate} if fate else {}
    slot = {"since": "2026-W50", "weekday": "4", "start": "20:00"}

    preview = submit(client, SLOT, **slot, **chosen, do="preview")

    words = words_of(preview.text)
    assert "1 week was anders dan anders" in words
    assert "Maandag 21 december, 19.30 (gaat niet door: feest)" in words
    assert "Blijft zoals het is: maandag 21 december, 19.30 (gaat niet door: feest)" in words
    assert "Gaat mee: donderdag 24 december, 20.00 (gaat niet door: feest)" in words
    assert "Vervalt, net als elke andere week: donderdag 24 december, 20.00" in words
    assert week_52(anna) == ("Mon 19:30", False)
    answer = submit(client, SLOT, **slot, **chosen, do="save")
    assert answer.status_code == 303
    assert week_52(anna) == then
    desk = client.get("/coordinate/oost").text
    assert ("Kijk nog even naar deze week" in desk) is (fate is None)


def test_nonsense_about_a_week_goes_as_it_would_by_itself(anna: Person) -> None:
    client = anna.client()
    arranged(client)
    slot = {"since": "2026-W50", "weekday": "4", "start": "20:00"}

    answer = submit(client, SLOT, **slot, **{"week-2026-W52": "x", "week-x": "keep"}, do="save")

    assert answer.status_code == 303
    assert week_52(anna) == ("Thu 20:00", False)


# To a place that is not there yet, and back


@pytest.mark.parametrize("name", ["endpoint", "slug", "self", "values"])
def test_nothing_in_the_address_of_the_way_breaks_it(anna: Person, name: str) -> None:
    client = anna.client()

    page = client.get(f"{SLOT.removesuffix('slot')}places/new?then=slot&{name}=x")

    assert page.status_code == 200


def test_what_was_typed_survives_the_way_to_a_new_place_and_back(anna: Person) -> None:
    client = anna.client()
    typed = {"since": "2026-W51", "weekday": "4", "start": "20:15", "minutes": "95"}
    month = {"themes": "month", "month_1": "Dankbaar & blij"}

    to_place = submit(client, SLOT, **typed, **month, do="place")
    assert to_place.status_code == 303
    assert "/places/new?" in to_place.location
    assert "csrf" not in to_place.location
    back = submit(client, to_place.location, name="De Kade", street="Kade 1", town="Amsterdam")

    assert back.status_code == 303
    held = form_on(client, back.location, SLOT)
    for name, value in (typed | month).items():
        assert held[name] == [value], name
    [place] = held["place"]
    with anna.app.app_context():
        assert db.session.get_one(PlaceRecord, int(place)).name == "De Kade"
    assert len(slots_of(anna)) == 1


def test_whoever_turns_back_without_a_place_has_it_all_too(anna: Person) -> None:
    client = anna.client()
    typed = {"since": "2026-W51", "weekday": "4", "start": "20:15", "minutes": "95"}
    to_place = submit(client, SLOT, **typed, do="place")

    [way] = re.findall(r'href="(/coordinate/oost/slot[^"]*)"', client.get(to_place.location).text)[
        :1
    ]

    held = form_on(client, html.unescape(way), SLOT)
    assert {name: held[name] for name in typed} == {name: [one] for name, one in typed.items()}
