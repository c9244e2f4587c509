"""A listing read from the tables: whole for the group's own people, and nothing hidden in it."""

from datetime import UTC, date, datetime, time

import pytest
from flask import Flask

from app.db import db, writing
from app.domain.contact import Contact
from app.domain.meeting import Difference, Meeting
from app.domain.place import Visibility
from app.domain.week import Week
from app.records.contacts import ContactRecord
from app.records.groups import Group, find_group
from app.records.listed import listed, numbered
from app.records.listings import contacts_of, listing_of, listings_of, schedule_of
from app.records.places import PlaceRecord
from app.records.weeks import ClosureRecord, DeviationRecord
from tests.people import World
from tests.unsealing import noted

WEEK = Week.of(date(2026, 11, 23))
WEEKS = (WEEK, WEEK + 3)
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
SECRETS = ("De Linde", "Lindengracht", "1015 KD", "groene deur")
SECRETS_THAT_WEEK = ("Sporthal", "Kade 1", "2011 AB", "zijdeur")


def hide(visibility: Visibility) -> None:
    """Let the standing place of Oost, and another one for one week, be seen only this far."""
    oost = find_group("oost")
    oost.slots[0].visibility = visibility
    elsewhere = PlaceRecord(
        kind="building",
        name="Sporthal",
        street="Kade 1",
        postcode="2011 AB",
        town="Haarlem",
        directions="De zijdeur.",
    )
    db.session.add(elsewhere)
    db.session.flush()
    db.session.add(
        DeviationRecord(group_id=oost.id, week=WEEK, place_id=elsewhere.id, visibility=visibility)
    )
    db.session.commit()


@pytest.mark.parametrize("visibility", [Visibility.TOWN, Visibility.NOTHING])
def test_nothing_in_a_listing_tells_a_hidden_address(
    app: Flask, world: World, visibility: Visibility
):
    with app.app_context():
        hide(visibility)

        listing = repr(listing_of(find_group("oost"), WEEKS))

    assert not [secret for secret in SECRETS + SECRETS_THAT_WEEK if secret in listing]
    assert ("Haarlem" in listing) is (visibility is Visibility.TOWN)


@pytest.mark.parametrize("visibility", Visibility)
def test_its_own_people_see_all_of_a_place(app: Flask, world: World, visibility: Visibility):
    with app.app_context():
        hide(visibility)

        schedule = repr(schedule_of(find_group("oost"), WEEKS, public=False))

    assert [secret for secret in SECRETS + SECRETS_THAT_WEEK if secret not in schedule] == []


def test_a_listing_shows_a_place_that_is_public(app: Flask, world: World):
    with app.app_context():
        hide(Visibility.WHOLE)

        listing = repr(listing_of(find_group("oost"), WEEKS))

    assert [secret for secret in SECRETS + SECRETS_THAT_WEEK if secret not in listing] == []


def test_closing_a_hidden_place_still_shuts_the_meetings_in_it(app: Flask, world: World):
    with app.app_context():
        hide(Visibility.NOTHING)
        oost = find_group("oost")
        db.session.add(
            ClosureRecord(
                place_id=oost.slots[0].place_id, first_day=WEEK.monday, last_day=WEEKS[1].sunday
            )
        )
        db.session.commit()

        meetings = list(listing_of(oost, WEEKS).schedule.meetings(WEEK, 2))

    assert meetings[0].differences == {Difference.ELSEWHERE}
    assert meetings[1].differences == {Difference.SHUT}


def test_a_sunday_night_that_was_cancelled_is_not_the_next_meeting_on_monday(
    app: Flask, world: World
):
    with app.app_context():
        oost = find_group("oost")
        oost.slots[0].weekday, oost.slots[0].start = 7, time(23)
        db.session.add(DeviationRecord(group_id=oost.id, week=WEEK + -1, cancelled=True))
        db.session.commit()

        monday = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
        meeting = listing_of(oost, WEEKS).schedule.next_meeting(monday)

    assert meeting.week == WEEK


def test_the_closure_of_another_groups_place_or_fellowship_does_not_touch_this_one(
    app: Flask, world: World
):
    with app.app_context():
        oost, west = find_group("oost"), find_group("west")
        west.slots[0].place.house = "another house"
        days = {"first_day": WEEK.monday, "last_day": WEEK.sunday}
        db.session.add_all(
            [
                ClosureRecord(place_id=west.slots[0].place_id, **days),
                ClosureRecord(group_id=west.id, **days),
            ]
        )
        db.session.commit()

        assert listing_of(oost, WEEKS).schedule.meeting_in(WEEK).is_on
        assert not listing_of(west, WEEKS).schedule.meeting_in(WEEK).is_on


def test_a_closure_of_the_fellowship_shuts_all_of_its_groups(app: Flask, world: World):
    with app.app_context():
        oost, west = find_group("oost"), find_group("west")
        db.session.add(
            ClosureRecord(
                fellowship_id=world.fellowship_id, first_day=WEEK.monday, last_day=WEEK.sunday
            )
        )
        db.session.commit()

        assert not listing_of(oost, WEEKS).schedule.meeting_in(WEEK).is_on
        assert not listing_of(west, WEEKS).schedule.meeting_in(WEEK).is_on
        assert listing_of(west, WEEKS).schedule.meeting_in(WEEK + 1).is_on


def test_a_deed_puts_each_meeting_together_once(app: Flask, world: World):
    with app.app_context(), writing():
        oost = find_group("oost")

        before = meeting_of(oost, public=False)
        assert meeting_of(oost, public=False) is before
        assert meeting_of(oost, public=True) is before  # nothing is hidden

        oost.slots[0].start = time(21, 15)
        after = meeting_of(oost, public=False)
        assert after is not None
        assert after.starts.time() == time(21, 15)
        assert meeting_of(oost, public=True) is after

        oost.slots[0].start = time(19, 30)
        assert meeting_of(oost, public=False) is before


@pytest.mark.parametrize("visibility", [Visibility.TOWN, Visibility.NOTHING])
def test_within_a_deed_too_the_public_sees_no_hidden_address(
    app: Flask, world: World, visibility: Visibility
):
    with app.app_context():
        hide(visibility)
        with writing():
            oost = find_group("oost")
            own, public = (meeting_of(oost, public=each) for each in (False, True))

    assert [secret for secret in SECRETS_THAT_WEEK if secret not in repr(own)] == []
    assert [secret for secret in SECRETS_THAT_WEEK if secret in repr(public)] == []


def meeting_of(group: Group, *, public: bool) -> Meeting | None:
    return schedule_of(group, WEEKS, public=public).meeting_in(WEEK)


def contact_persons() -> None:
    """Give Oost somebody who shows a number, and somebody who is only written to, in that order."""
    oost = find_group("oost")
    agreed = datetime(2026, 11, 1, tzinfo=UTC)
    shown = {"name": "Els", "phone": "06 1", "email": "els@example.org", "shows_phone": True}
    quiet = {"name": "Bo", "phone": "06 2", "email": "bo@example.org"}
    for position, one in enumerate((shown, quiet), start=1):
        row = ContactRecord(group_id=oost.id, position=position, agreed_at=agreed, **one)
        row.takes_messages = one is quiet
        db.session.add(row)
    db.session.commit()


@pytest.fixture
def opened(app: Flask, monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """What is unsealed meanwhile."""
    return noted(monkeypatch)


def test_what_a_contact_person_does_not_show_is_not_even_unsealed(
    app: Flask, world: World, opened: list[object]
):
    with app.app_context():
        contact_persons()
        oost = find_group("oost").id

        [els, bo] = contacts_of([oost])[oost]

    assert (els.phone, els.email, els.takes_messages) == ("06 1", "", False)
    assert (bo.phone, bo.email, bo.takes_messages) == ("", "", True)
    assert opened == ["Els", "06 1", "Bo", "bo@example.org"]


def test_a_list_reads_those_alone_who_show_a_number_or_an_address(
    app: Flask, world: World, opened: list[object]
):
    with app.app_context():
        contact_persons()

        contacts = [one.contacts for one in listed(NOW) if one.slug == "oost"]

    assert contacts == [(Contact(1, "Els", phone="06 1", takes_messages=False),)]
    assert opened == ["Els", "06 1"]


def test_lists_without_contact_persons_unseal_nothing(
    app: Flask, world: World, opened: list[object]
):
    with app.app_context():
        contact_persons()

        assert [one.listing.contacts for one in numbered(NOW)] == [(), ()]

    assert not opened


def test_a_closure_of_one_group_does_not_touch_those_of_its_fellowship_beside_it(
    app: Flask, world: World
):
    with app.app_context():
        days = {"first_day": WEEK.monday, "last_day": WEEK.sunday}
        oost, west = find_group("oost"), find_group("west")
        db.session.add(ClosureRecord(group_id=west.id, **days))
        db.session.commit()

        for groups in ([oost, west], [west, oost]):
            listings = listings_of(groups, WEEKS)
            on = {one.slug: one.schedule.meeting_in(WEEK).is_on for one in listings}
            assert on == {"oost": True, "west": False}
