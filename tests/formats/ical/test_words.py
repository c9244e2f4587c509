"""What an event tells: what differs, where, how to join, and never a hidden address."""

from dataclasses import replace
from datetime import date, datetime, time

import pytest

from app.domain.closure import Closure
from app.domain.deviation import Deviation
from app.domain.feeds.feed import FeedKind
from app.domain.meeting import Status
from app.domain.place import Kind, Visibility
from app.domain.seating import Availability
from app.domain.themes import NoThemes, Theme
from app.formats.ical.feed import write_feed
from app.formats.ical.words import link, one_line
from tests.formats.calendars import (
    HARBOUR,
    LINDE,
    ONLINE,
    OOST,
    PAGE,
    WEEK,
    feed_of,
    first_event,
    read,
    schedule,
    text_of,
    unfolded,
)

WAY_IN = f"Zo kom je binnen: {LINDE.directions}"


def test_a_cancelled_meeting_stays_and_says_so_in_its_words_too():
    off = Deviation(WEEK, cancelled=True, reason="De zaal is stuk.")

    event = first_event(feed_of(schedule(deviations=[off])))

    assert event["SUMMARY"] == "GAAT NIET DOOR – Stap 1: We gaven toe"
    assert event["DESCRIPTION"] == "Deze bijeenkomst gaat niet door.\nDe zaal is stuk."
    assert (event["STATUS"], event["TRANSP"]) == ("CANCELLED", "TRANSPARENT")


def test_a_closure_cancels_the_weeks_in_it_and_says_why():
    christmas = Closure(date(2026, 12, 20), date(2027, 1, 3), "Kerstvakantie")

    events = read(feed_of(schedule(closures=(christmas,)))).events

    off = [event for event in events if event["STATUS"] == "CANCELLED"]
    assert [event.DTSTART.day for event in off] == [21, 28]
    assert "Kerstvakantie" in off[0]["DESCRIPTION"]


def test_a_moved_meeting_keeps_its_uid_and_tells_the_usual_time():
    usual = first_event(feed_of(schedule()))
    moved = Deviation(WEEK, weekday=3, start=time(20, 15))

    event = first_event(feed_of(schedule(deviations=[moved])))

    assert event["UID"] == usual["UID"]
    assert event.DTSTART.replace(tzinfo=None) == datetime(2026, 11, 25, 20, 15)
    assert event["SUMMARY"] == "Stap 1: We gaven toe (verplaatst)"
    assert event["DESCRIPTION"].startswith(
        "Zo kom je binnen: De groene deur naast het café.\n"
        "Deze week op een ander moment (normaal maandag 19.30).\n"
    )


def test_a_meeting_elsewhere_tells_where_and_how_to_get_in():
    elsewhere = Deviation(WEEK, place=HARBOUR, note="Neem je boek mee.")

    event = first_event(feed_of(schedule(deviations=[elsewhere])))

    assert event["LOCATION"] == "Havenkerk, Kade 1, 1019 AA Amsterdam"
    assert event["DESCRIPTION"].split("\n")[:3] == [
        "Deze week op een andere locatie.",
        "Zo kom je binnen: Bel bij de zijdeur.",
        "Neem je boek mee.",
    ]


def test_an_unknown_place_is_told_and_no_map_looks_for_it():
    event = first_event(feed_of(schedule(replace(OOST, place=None))))

    assert event["DESCRIPTION"].split("\n")[0] == "Locatie volgt"
    assert "LOCATION" not in event


def test_an_open_join_link_comes_first():
    feed = feed_of(schedule(replace(OOST, place=ONLINE)))

    event = first_event(feed)

    assert event["LOCATION"] == "Online"
    assert event["DESCRIPTION"].split("\n")[:2] == [
        "Online meedoen: https://meet.example/oost?pwd=a,b;c",
        "Telefonisch meedoen: +31 20 123 45 67",
    ]
    assert (
        'CONFERENCE;VALUE=URI;FEATURE=VIDEO;LABEL="Online meedoen"'
        ":https://meet.example/oost?pwd=a,b;c"
    ).replace('"', "") in [line.replace('"', "") for line in unfolded(write_feed(feed))]


def test_a_join_link_that_is_not_public_is_asked_for_at_the_group_page():
    private = replace(ONLINE, kind=Kind.BOTH, town="Amsterdam", join_is_public=False)

    feed = feed_of(schedule(replace(OOST, place=private)))

    assert b"meet.example" not in write_feed(feed)
    assert b"CONFERENCE" not in write_feed(feed)
    assert first_event(feed)["DESCRIPTION"].startswith(f"Online meedoen? Kijk op {PAGE}\n")
    assert first_event(feed)["LOCATION"] == "Amsterdam (ook online)"


def test_a_cancelled_online_meeting_invites_nobody_to_join():
    off = Deviation(WEEK, cancelled=True)

    event = first_event(feed_of(schedule(replace(OOST, place=ONLINE), [off])))

    assert "meet.example" not in event.to_ical().decode()


@pytest.mark.parametrize(
    ("visibility", "location"), [(Visibility.TOWN, "Amsterdam"), (Visibility.NOTHING, "")]
)
@pytest.mark.parametrize("kind", FeedKind)
def test_a_hidden_address_is_in_no_feed(visibility: Visibility, location: str, kind: FeedKind):
    feed = feed_of(schedule(replace(OOST, visibility=visibility)), kind, town="")

    body = write_feed(feed).decode()

    assert text_of(first_event(feed), "LOCATION") == location
    for secret in (LINDE.name, LINDE.street, LINDE.postcode, LINDE.directions):
        assert secret not in body


def test_without_themes_an_evening_bears_the_groups_name():
    event = first_event(feed_of(schedule(replace(OOST, themes=NoThemes()))))

    assert event["SUMMARY"] == "Oost"
    assert event["DESCRIPTION"] == WAY_IN


def test_a_long_title_is_cut_after_a_word_and_told_whole_below():
    title = "Wij deden een grondig en onbevreesd onderzoek van onszelf en schreven het op"
    titles = {1: Theme(1, title, question="Wat vond je?")}
    moved = Deviation(WEEK, weekday=5)

    event = first_event(feed_of(schedule(deviations=[moved], titles=titles)))

    assert event["SUMMARY"] == "Stap 1: Wij deden een grondig en onbevreesd… (verplaatst)"
    assert f"\nStap 1: {title}\nVraag: Wat vond je?" in event["DESCRIPTION"]


def test_a_description_stays_under_five_hundred_characters():
    wordy = Deviation(WEEK, note="lang " * 80, weekday=2)
    titles = {1: Theme(1, "x", reading="lees " * 40, question="vraag " * 60)}

    walked_into = feed_of(
        schedule(deviations=[wordy], titles=titles), availability=Availability.WALK_IN
    )
    event = first_event(walked_into)

    assert len(event["DESCRIPTION"].removeprefix(f"{WAY_IN}\n")) <= 500
    assert event["DESCRIPTION"].endswith("…\nLoop gewoon binnen.")


def test_reading_and_question_of_the_evening_are_told():
    event = first_event(feed_of(schedule()))

    assert event["DESCRIPTION"].split("\n") == [
        WAY_IN, "Lezen: Hoofdstuk 1", "Vraag: Waar liep het vast?",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "",
        "meet.example/oost",
        "javascript:alert(1)",
        "https://",
        "https://a b",
        "https://a b/c",
        "http://[x",
        "ftp://x",
    ],
)
def test_what_is_no_web_address_is_no_link(text: str):
    assert link(text) == ""


def test_a_link_with_other_letters_is_written_in_ascii():
    assert (
        link("https://meet.example/groep/één?x=%20")
        == "https://meet.example/groep/%C3%A9%C3%A9n?x=%20"
    )


def test_a_blank_in_a_link_is_escaped_where_a_program_would_end_it():
    written = link("https://meet.example/j/1?pwd=a b")
    room = replace(ONLINE, join_url="https://meet.example/j/1?pwd=a b")
    event = first_event(feed_of(schedule(replace(OOST, place=room))))

    assert written == "https://meet.example/j/1?pwd=a%20b"
    assert written in event["DESCRIPTION"]
    assert str(event["CONFERENCE"]) == written


@pytest.mark.parametrize(
    ("weekday", "weeks_of_silence"),
    [(1, 2), (2, 1), (3, 1), (7, 1)],
    ids=["on Monday", "on Tuesday", "on Wednesday", "on Sunday"],
)
def test_a_seat_is_offered_where_that_can_still_be_read_in_time(weekday: int, weeks_of_silence):
    """A calendar lags a day, and its body changes on Mondays."""
    long_standing = replace(OOST, since=WEEK + -200, weekday=weekday)

    said = [
        "Er is plek" in one["DESCRIPTION"] for one in read(feed_of(schedule(long_standing))).events
    ]

    assert said == [False] * (12 + weeks_of_silence) + [True] * (53 - weeks_of_silence)


def test_who_may_walk_in_reads_so_until_the_week_is_over():
    long_standing = replace(OOST, since=WEEK + -200)

    said = [
        "Loop gewoon binnen" in one["DESCRIPTION"]
        for one in read(feed_of(schedule(long_standing), availability=Availability.WALK_IN)).events
    ]

    assert said == [False] * 12 + [True] * 53


def test_one_line_holds_no_control_and_no_turned_text():
    text = "Kom\r\nom\t8\u2028uur\x85\x00\x1b[31m \u202eruu\u202c\ufeff\ud800!"

    assert one_line(text, 80) == "Kom om 8 uur [31m ruu!"


def test_letters_joined_by_a_joiner_stay_whole():
    assert one_line("👩‍👩‍👧 welkom", 80) == "👩‍👩‍👧 welkom"


def test_another_step_for_one_week_has_the_fellowships_title():
    event = first_event(feed_of(schedule(deviations=[Deviation(WEEK, theme=Theme(step=4))])))

    assert event["SUMMARY"] == "Stap 4: Eerlijk kijken"
    assert event["DESCRIPTION"] == f"{WAY_IN}\nDeze week een ander thema."


def test_weekdays_and_hours_are_in_the_groups_language():
    moved = feed_of(schedule(deviations=[Deviation(WEEK, weekday=3)]), language="en")

    assert "Monday 19:30" in first_event(moved)["DESCRIPTION"]
    assert str(read(moved)["PRODID"]).endswith("//EN")


@pytest.mark.parametrize(
    ("of_listing", "last"),
    [
        ({}, "Er is plek."),
        ({"availability": Availability.FULL}, "De groep is vol; er is een wachtlijst."),
        ({"availability": Availability.FULL, "language": "en"},
         "The group is full; there is a waiting list."),
        ({"availability": Availability.WALK_IN}, "Loop gewoon binnen."),
        ({"availability": Availability.UNSAID}, WAY_IN),
    ],
)  # fmt: skip
def test_the_last_line_says_whether_there_is_a_seat_and_never_how_many(of_listing, last):
    feed = feed_of(schedule(), **of_listing)

    assert read(feed).events[2]["DESCRIPTION"].endswith(last)
    assert b"plek" not in write_feed(replace(feed, kind=FeedKind.DISCREET))


@pytest.mark.parametrize("status", [Status.PREPARING, Status.PAUSED, Status.CLOSED])
def test_a_group_that_does_not_meet_promises_no_seat(status: Status):
    feed = feed_of(schedule(status=status, status_since=date(2030, 1, 1)))

    assert b"Er is plek" not in write_feed(feed)


def test_a_participant_s_own_feed_does_not_offer_seats_and_is_private():
    events = read(replace(feed_of(schedule()), is_personal=True)).events

    assert not [one for one in events if "Er is plek" in one["DESCRIPTION"]]
    assert {one["CLASS"] for one in events} == {"PRIVATE"}
