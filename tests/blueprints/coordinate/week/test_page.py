"""The page of one week: seen before it is saved, saved, told to the group, and undone."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import icalendar
import pytest
import time_machine
from flask.testing import FlaskClient

from app.actions.accounts import begin_login
from app.db import db
from app.records.accounts import Account
from app.records.fellowships import ThemeTitle
from app.records.groups import find_group
from app.records.places import PlaceRecord
from app.records.weeks import ClosureRecord, DeviationRecord
from tests.browsing import form_on, submit
from tests.people import Person

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
PAGE = "/coordinate/oost/weeks/2026-W48"
NEXT = "/coordinate/oost/weeks/2026-W49"


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    with time_machine.travel(NOON, tick=False):
        yield


def stored(anna: Person) -> list[tuple[bool, str]]:
    with anna.app.app_context():
        return [(row.cancelled, row.note) for row in db.session.query(DeviationRecord)]


def save(client: FlaskClient, page: str = PAGE, **fields: object):
    return client.post(page, data=form_token(client, page) | {"do": "save"} | fields)


def form_token(client: FlaskClient, page: str) -> dict[str, str]:
    held = form_on(client, f"{page}?change=note", page)
    return {"csrf_token": held["csrf_token"], "version": held["version"]}


def undo(client: FlaskClient):
    [address] = re.findall(r'action="(/coordinate/oost/changes/\d+/undo)"', client.get(PAGE).text)
    return submit(client, PAGE, to=address)


def feed_event(client: FlaskClient, anna: Person, uid_day: str):
    with anna.app.app_context():
        key = find_group("oost").feed_key
    feed = icalendar.Calendar.from_ical(client.get(f"/feeds/{key}.ics").data)
    return next(event for event in feed.walk("VEVENT") if f"{event.start:%Y-%m-%d}" == uid_day)


def test_the_page_offers_six_deeds_at_most_and_says_how_it_stands(anna: Person) -> None:
    page = anna.client().get(PAGE).text

    assert "Maandag 23 november, 19.30–21.30, Buurthuis De Linde, Stap" in page
    for deed in (
        "Gaat niet door",
        "Andere dag of tijd",
        "Andere locatie deze keer",
        "Ander thema",
        "Opmerking toevoegen",
    ):
        assert deed in page
    assert "Toch gewoon zoals altijd" not in page


def test_before_it_counts_page_and_calendar_are_shown_and_nothing_is_stored(anna: Person) -> None:
    client = anna.client()

    page = client.get(f"{PAGE}?change=cancelled").text
    assert "Dit zien de deelnemers" in page
    assert "GAAT NIET DOOR" in page
    assert "Maandag 23 november gaat niet door" in page

    answer = client.post(
        PAGE, data=form_token(client, PAGE) | {"weekday": "4", "start": "20:00", "do": "preview"}
    )
    assert answer.status_code == 200
    assert "Verplaats naar donderdag 26 november, 20.00" in answer.text
    assert "(verplaatst)" in answer.text
    assert stored(anna) == []


def test_what_is_saved_is_on_the_page_and_in_the_feed_at_the_next_request(anna: Person) -> None:
    client, visitor = anna.client(), anna.app.test_client()

    answer = save(client, cancelled="1", reason="de zaal is dicht")

    assert (answer.status_code, answer.location) == (303, PAGE)
    assert "Vandaag is er geen bijeenkomst: de zaal is dicht." in visitor.get("/groups/oost").text
    event = feed_event(visitor, anna, "2026-11-23")
    assert (event["STATUS"], event["SUMMARY"][:14]) == ("CANCELLED", "GAAT NIET DOOR")


def test_the_form_offers_only_the_days_of_its_week_that_are_still_to_come(anna: Person) -> None:
    save(anna.client(), weekday="5")
    with time_machine.travel(NOON + timedelta(days=2), tick=False):
        page = anna.client().get(f"{PAGE}?change=move").text

    assert "dinsdag 24 november" not in page
    for day in ("woensdag 25", "donderdag 26", "vrijdag 27", "zaterdag 28", "zondag 29"):
        assert f"{day} november" in page
    assert "maandag 30 november" not in page


BAD = [
    ({"weekday": "8"}, "Kies een van de zeven dagen."),
    ({"start": "12:30"}, "Maandag 23 november, 12.30 is al geweest."),
    ({"start": "25:00"}, "start-error"),
    ({"note": "woord " * 1000}, "Houd het bij 400 tekens."),
    ({"cancelled": "1", "reason": "r" * 201}, "Houd het bij 200 tekens."),
    ({"place": "999"}, "place-error"),
    ({"note": "Bel Piet op 06 12345678"}, "Hier staat een telefoonnummer"),
]


@pytest.mark.parametrize(("fields", "sentence"), BAD)
def test_what_cannot_be_is_a_sentence_at_its_field_and_nothing_is_stored(
    anna: Person, fields: dict, sentence: str
) -> None:
    fields = dict(fields)
    with time_machine.travel(NOON + timedelta(days=fields.pop("at", 0)), tick=False):
        answer = save(anna.client(), **fields)

    assert answer.status_code == 422
    assert sentence in answer.text
    assert stored(anna) == []


@pytest.mark.parametrize("week", ["2026-W54", "2026-W00", "2025-W53", "2028-W01", "1999-W01", "x"])
def test_a_week_that_is_not_there_is_not_found(anna: Person, week: str) -> None:
    client = anna.client()

    assert client.get(f"/coordinate/oost/weeks/{week}").status_code == 404


def test_a_past_week_is_shown_and_stays_as_it_was(anna: Person) -> None:
    client, past = anna.client(), "/coordinate/oost/weeks/2026-W47"

    page = client.get(past).text
    answer = client.post(past, data=form_token(client, PAGE) | {"note": "x", "do": "save"})

    assert "Deze bijeenkomst is geweest." in page
    assert answer.status_code == 422
    assert "De bijeenkomst van maandag 16 november is geweest." in answer.text
    assert stored(anna) == []


@pytest.mark.parametrize("do", ["preview", "save"])
@pytest.mark.parametrize("fields", [{"cancelled": "1"}, {"weekday": "5"}, {"note": "x"}])
def test_tonights_page_takes_a_head_count_and_nothing_else_once_it_is_over(
    anna: Person, fields: dict, do: str
) -> None:
    client = anna.client()
    token = form_token(client, PAGE)
    with time_machine.travel(NOON + timedelta(hours=9, minutes=30), tick=False):
        page = client.get(f"{PAGE}?change=cancelled").text
        answer = client.post(PAGE, data=token | fields | {"do": do})

    assert "change=move" not in page
    assert f"{PAGE}/count" in page
    assert answer.status_code == 422
    assert "De bijeenkomst van maandag 23 november is geweest." in answer.text
    assert stored(anna) == []


def test_afterwards_there_is_a_sentence_for_the_chat_and_one_tap_to_undo(anna: Person) -> None:
    client = anna.client()
    save(client, cancelled="1", reason="feest")

    page = client.get(PAGE).text
    assert "Oost: maandag 23 november gaat niet door (feest). Actueel: http" in page
    assert "/groups/oost" in page

    undone = undo(client)
    assert undone.status_code == 303
    assert stored(anna) == [(False, "")]
    assert "Ongedaan maken" not in client.get(PAGE).text


def test_the_feed_of_an_undone_week_is_newer_than_that_of_the_change(anna: Person) -> None:
    client, visitor = anna.client(), anna.app.test_client()
    first = feed_event(visitor, anna, "2026-11-23")
    save(client, cancelled="1")
    second = feed_event(visitor, anna, "2026-11-23")
    undo(client)
    third = feed_event(visitor, anna, "2026-11-23")

    assert first["UID"] == second["UID"] == third["UID"]
    assert first["SEQUENCE"] < second["SEQUENCE"] < third["SEQUENCE"]
    assert first["LAST-MODIFIED"].dt < second["LAST-MODIFIED"].dt < third["LAST-MODIFIED"].dt
    assert third["STATUS"] == "CONFIRMED"


def test_fields_that_are_not_asked_stay_as_they_are(anna: Person) -> None:
    client = anna.client()
    save(client, NEXT, weekday="2", start="20:00")

    save(client, NEXT, note="Neem een kopje mee.")

    page = client.get(NEXT).text
    assert "Dinsdag 1 december, 20.00–22.00" in page
    assert "Neem een kopje mee." in page


def test_changed_meanwhile_says_by_whom_and_keeps_what_was_typed(anna: Person) -> None:
    client = anna.client()
    old = form_token(client, PAGE)
    save(client, cancelled="1", reason="feest")

    answer = client.post(PAGE, data=old | {"note": "Ik typte dit.", "do": "save"})

    assert answer.status_code == 422
    assert "intussen veranderd door Anna" in answer.text
    assert "Ik typte dit." in answer.text
    assert "Nu staat er:" in answer.text


def test_a_step_by_its_number_has_the_title_of_the_fellowship(anna: Person) -> None:
    save(anna.client(), theme="stap 4")

    assert "Stap 4: Eerlijk kijken" in anna.app.test_client().get("/groups/oost").text


def test_the_rest_follows_without_a_notice_of_another_time(anna: Person) -> None:
    client = anna.client()
    save(client, NEXT, theme="4", rest_follows="yes")

    page = anna.app.test_client().get("/groups/oost").text
    assert "Stap 4: Eerlijk kijken" in page
    assert "Vanaf " not in page
    after = client.get("/coordinate/oost/weeks/2026-W50").text
    assert "Stap 5" in after


def test_it_speaks_english(anna: Person) -> None:
    client = anna.client()

    page = client.get(f"{PAGE}?change=cancelled&lang=en").text

    assert "Monday 23 November is cancelled" in page
    assert "This is what participants see" in page


@pytest.fixture
def phone(anna: Person) -> FlaskClient:
    """A telephone that was remembered a month ago."""
    client = anna.app.test_client()
    with time_machine.travel(NOON - timedelta(days=30), tick=False), anna.app.app_context():
        account = db.session.get_one(Account, anna.id)
        key = begin_login(account, device="Firefox, Android", remembered=True)
        uniquifier = account.fs_uniquifier
    long_ago = int((NOON - timedelta(days=30)).timestamp())
    with client.session_transaction() as session:
        session.update(_user_id=uniquifier, _fresh=True, login=key, seen=long_ago, fs_paa=long_ago)
    return client


def test_a_remembered_phone_does_the_deeds_of_the_week(anna: Person, phone: FlaskClient) -> None:
    assert save(phone, cancelled="1").status_code == 303
    assert stored(anna) == [(True, "")]
    assert undo(phone).status_code == 303


@pytest.mark.parametrize(
    "address", ["slot", "listing", "contacts/new", "closures/new", "status", "sister"]
)
def test_a_remembered_phone_is_asked_again_for_everything_else(
    anna: Person, phone: FlaskClient, address: str
) -> None:
    answer = phone.get(f"/coordinate/oost/{address}")

    assert answer.status_code == 302
    assert "/verify" in answer.location


def test_a_device_that_was_ended_does_nothing_any_more(anna: Person, phone: FlaskClient) -> None:
    with anna.app.app_context():
        account = db.session.get_one(Account, anna.id)
        account.fs_uniquifier = "another-since-the-password-changed"
        db.session.commit()

    assert "/login" in phone.get(PAGE).location


def test_both_languages_say_what_is_wrong(anna: Person) -> None:
    client = anna.client()
    client.get("/?lang=en")

    answer = save(client, weekday="8", start="25:00")

    assert answer.status_code == 422
    assert "Choose one of the seven days." in answer.text or "start-error" in answer.text
    assert "Kies een van" not in answer.text


def test_another_place_is_hidden_as_the_usual_one_is(anna: Person) -> None:
    with anna.app.app_context():
        group = find_group("oost")
        group.slots[0].visibility = "town"
        other = PlaceRecord(kind="building", name="De Kom", street="Kade 1", town="Amsterdam")
        other.owner_id = group.id
        db.session.add(other)
        db.session.commit()
        place = str(other.id)
    client = anna.client()

    save(client, place=place)

    page = anna.app.test_client().get("/groups/oost").text
    assert "andere locatie" in page
    assert "De Kom" not in page
    assert "Kade 1" not in page


def test_a_group_that_is_not_listed_has_no_page_to_link_to(anna: Person) -> None:
    with anna.app.app_context():
        find_group("oost").listed = False
        db.session.commit()
    client = anna.client()

    save(client, cancelled="1")

    page = client.get(PAGE).text
    assert "Oost: maandag 23 november gaat niet door." in page
    assert "Actueel" not in page


def test_a_week_as_usual_again_says_first_what_that_is(anna: Person) -> None:
    client = anna.client()
    save(client, cancelled="1")
    assert "Dan staat er weer: “Maandag 23 november, 19.30–21.30" in client.get(PAGE).text

    submit(client, PAGE, to=f"{PAGE}/as-usual")

    assert stored(anna) == [(False, "")]


def test_as_usual_is_not_said_over_what_was_changed_meanwhile(anna: Person) -> None:
    client = anna.client()
    save(client, note="Koek.")
    old = form_on(client, PAGE, f"{PAGE}/as-usual")
    save(client, note="Taart.")

    client.post(f"{PAGE}/as-usual", data=old)

    assert "intussen veranderd" in client.get(PAGE).text
    assert stored(anna) == [(False, "Taart.")]


def test_a_closed_hall_is_answered_with_we_meet_all_the_same(anna: Person) -> None:
    with anna.app.app_context():
        group = find_group("oost")
        db.session.add(
            ClosureRecord(
                place_id=group.slots[0].place_id,
                first_day=NOON.date(),
                last_day=NOON.date(),
                reason="verbouwing",
            )
        )
        db.session.commit()
    client = anna.client()
    assert "We komen toch bij elkaar" in client.get(PAGE).text

    submit(client, PAGE, to=f"{PAGE}/as-usual")

    assert "verbouwing" not in anna.app.test_client().get("/groups/oost").text


def test_the_log_says_which_week_was_changed(anna: Person) -> None:
    client = anna.client()
    save(client, cancelled="1", reason="feest")

    log = client.get("/coordinate/oost/changes").text

    assert "Eén week veranderd: week van maandag 23 november 2026" in log
    assert "gaat niet door" in log


def test_the_undo_of_another_group_is_not_found(anna: Person, ben: Person) -> None:
    client = anna.client()
    save(client, cancelled="1")
    [address] = re.findall(r"/coordinate/oost/changes/\d+/undo", client.get(PAGE).text)
    others = ben.client()
    token = {"csrf_token": form_on(others, "/coordinate/west/slot")["csrf_token"]}

    assert others.post(address, data=token).status_code == 404
    assert others.post(address.replace("oost", "west"), data=token).status_code == 404
    assert stored(anna) == [(True, "")]


def test_too_late_to_undo_is_a_sentence_on_the_desk(anna: Person) -> None:
    client = anna.client()
    save(client, cancelled="1")
    page = client.get(PAGE).text
    [address] = re.findall(r"/coordinate/oost/changes/\d+/undo", page)
    token = form_token(client, NEXT)
    save(client, note="Toch.")

    answer = client.post(address, data=token)

    assert (answer.status_code, answer.location) == (303, "/coordinate/oost")
    assert "Ongedaan maken kan niet meer" in client.get("/coordinate/oost").text


def test_reading_and_question_of_the_step_stand_on_page_and_feed(anna: Person) -> None:
    with anna.app.app_context():
        [title] = db.session.query(ThemeTitle)
        title.reading, title.question = "Hoofdstuk vier", "Wat zie je?"
        db.session.commit()

    save(anna.client(), theme="4")

    visitor = anna.app.test_client()
    page, event = visitor.get("/groups/oost").text, feed_event(visitor, anna, "2026-11-23")
    assert event["SUMMARY"] == "Stap 4: Eerlijk kijken"
    for words in ("Hoofdstuk vier", "Wat zie je?"):
        assert words in page
        assert words in event["DESCRIPTION"]


# Only this once, somewhere new

KADE = {"place": "new", "typed-name": "De Kade", "typed-street": "Kade 1", "typed-town": "Haarlem"}
LINK = {"place": "online", "typed-join_url": "https://meet.example/oost"}


def usual_and_this_time(anna: Person) -> tuple[int, list[str]]:
    """Return how many standing times there are, and where this week is."""
    with anna.app.app_context():
        group = find_group("oost")
        assert group
        rows = db.session.query(DeviationRecord).all()
        places = [row.place.value() for row in rows if row.place]
        return len(group.slots), [place.address or str(place.kind) for place in places]


@pytest.mark.parametrize(
    ("typed", "where"), [(KADE, "Kade 1, Haarlem"), (LINK, "online")], ids=["a house", "online"]
)
def test_a_place_typed_in_the_week_is_where_they_meet_this_once(
    anna: Person, typed: dict[str, str], where: str
) -> None:
    client = anna.client()

    preview = save(client, **typed, do="preview")
    assert preview.status_code == 200
    assert usual_and_this_time(anna) == (1, [])
    answer = save(client, **typed)

    assert (answer.status_code, answer.location) == (303, PAGE)
    assert usual_and_this_time(anna) == (1, [where])
    assert "andere locatie" in client.get("/groups/oost").text
    undo(client)
    assert "andere locatie" not in client.get("/groups/oost").text


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"place": "new", "typed-town": "Haarlem"}, "Vul in waar het is"),
        ({"place": "new", "typed-street": "Kade 1", "typed-town": ""}, "Vul de plaats in"),
        ({"place": "online"}, "Vul de link in, of een nummer om in te bellen."),
        ({"place": "online", "typed-join_url": "javascript:alert(1)"}, "Dit is geen link."),
        (KADE | {"typed-directions": "Bel 06 12345678"}, "Hier staat een telefoonnummer"),
    ],
)
def test_a_place_that_is_not_one_yet_is_a_sentence_and_keeps_what_was_typed(
    anna: Person, typed: dict[str, str], sentence: str
) -> None:
    answer = save(anna.client(), **typed, note="Neem een sjaal mee.")

    assert answer.status_code == 422
    assert sentence in answer.text
    assert "Neem een sjaal mee." in answer.text
    for value in typed.values():
        assert value in answer.text
    assert usual_and_this_time(anna) == (1, [])
    with anna.app.app_context():
        assert db.session.query(PlaceRecord).count() == 2


def test_what_is_typed_but_not_chosen_is_nobodys_place(anna: Person) -> None:
    save(anna.client(), **(KADE | {"place": ""}), note="x")

    assert usual_and_this_time(anna) == (1, [])
    with anna.app.app_context():
        assert db.session.query(PlaceRecord).count() == 2


def test_the_same_place_typed_twice_is_one(anna: Person) -> None:
    client = anna.client()
    save(client, **KADE)
    save(client, NEXT, **KADE)

    with anna.app.app_context():
        assert db.session.query(PlaceRecord).filter_by(name="De Kade").count() == 1
