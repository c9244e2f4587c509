"""A crawl as everyone, over a database full of planted names: none of them is ever found."""

import logging
import re
from html import unescape
from urllib.parse import urljoin, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

from app import clock
from app.actions.parts.news.as_sent import as_sent
from app.actions.parts.news.seated import telling_the_seated
from app.actions.parts.transaction import hold_group, transaction
from app.actions.seats import Ask, ask_for_seat, confirm_seat, leave_seat
from app.actions.sponsorships import ask_sponsor, set_sponsor_marks
from app.db import db, writing
from app.domain.keys import hash_of
from app.domain.roles import Role
from app.domain.week import Week
from app.formats.letter import word_letter
from app.records.changes import Change
from app.records.contacts import ContactRecord
from app.records.evenings import Absence, TaskTaken
from app.records.fellowships import Fellowship
from app.records.group_lists.kept import KeptList
from app.records.groups import find_group
from app.records.inside.announcements import Announcement
from app.records.inside.keys_notes import KeysNote
from app.records.letters import Letter
from app.records.participants import find_participant
from app.records.weeks import DeviationRecord
from tests.addresses import REQUEST_KEY, Grounds, lay_out, rules
from tests.people import World

pytestmark = pytest.mark.long

MARK = "zilvermeeuw"
"""Part of every alias, contact and name that only its own group, or nobody, may see."""
HIDDEN = "mantelmeeuw"
"""The name of a group that lies in another region, and of who coordinates it."""
STARTS = ("/", "/fellowships", "/coordinate/", "/national/", "/sitemap.xml", "/account")
MOST_PAGES = 250
LINK = re.compile(r'(?:href|src|action)="([^"]+)"|<loc>([^<]+)</loc>')


@pytest.fixture
def planted(app: Flask, world: World) -> dict[str, str]:
    """Fill both groups: seats, a line, a pair, tasks, absences, an unasked contact person."""
    keys = {}
    with app.app_context():
        for slug in ("oost", "west"):
            group = find_group(slug)
            assert group is not None
            for number in range(14):
                alias = f"{MARK.capitalize()} {slug} {number}"
                ask = Ask(alias=alias, consent_text="1", contact=f"{MARK}.{number}@example.org")
                told = ask_for_seat(group, ask, ask_key=f"form-{slug}-{number}")
                keys[f"{slug}-{number}"] = told.key
            for number in range(13):
                confirm_seat(keys[f"{slug}-{number}"], by_mail=True)
            set_sponsor_marks(keys[f"{slug}-1"], willing=True, looking=False)
            sponsor = find_participant(hash_of(keys[f"{slug}-1"]))
            assert sponsor is not None
            ask_sponsor(keys[f"{slug}-2"], sponsor.id)
            leave_seat(keys[f"{slug}-0"])
            week = Week.at(clock.now(), group.timezone)
            db.session.add_all(
                [
                    Absence(participant_id=sponsor.id, week=week),
                    KeysNote(group_id=group.id, words=f"{MARK} heeft de sleutel", version=1),
                    Announcement(
                        group_id=group.id,
                        said_at=clock.now(),
                        words=f"{MARK} brengt soep",
                        for_line=True,
                    ),
                    *(
                        DeviationRecord(
                            group_id=group.id, week=week + ahead, inside_note=f"{MARK} trakteert"
                        )
                        for ahead in (2, 3)
                    ),
                    TaskTaken(group_id=group.id, week=week, kind="tea", participant_id=sponsor.id),
                    ContactRecord(
                        group_id=group.id,
                        position=2,
                        name=f"{MARK.capitalize()} zonder ja",
                        email=f"{MARK}@example.org",
                        phone="+31612345678",
                        shows_phone=True,
                    ),
                ]
            )
            db.session.commit()
    return keys


def links_on(page: str, address: str) -> set[str]:
    found = set()
    for href, loc in LINK.findall(page):
        whole = urlsplit(urljoin(f"http://localhost{address}", unescape(href or loc)))
        if "lang=" in whole.query:
            continue  # the same page again; what was said in one language is not of the other
        if whole.hostname in ("localhost", "127.0.0.1") and not whole.path.startswith("/static"):
            found.add(whole.path + (f"?{whole.query}" if whole.query else ""))
    return found


def crawl(client: FlaskClient, grounds: Grounds) -> dict[str, str]:
    """Return every page that this person reaches, by links and by the list of addresses."""
    every = {grounds.address(rule) for rule in rules(grounds.app, "GET")}
    waiting = [
        *STARTS,
        *sorted(one for one in every if not one.startswith(("/seat/", f"/start/{REQUEST_KEY}"))),
    ]
    pages: dict[str, str] = {}
    while waiting and len(pages) < MOST_PAGES:
        address = waiting.pop(0)
        if address in pages or address.startswith(("/logout", "/seat/")):
            continue
        answer = client.get(address)
        body = answer.data.decode(errors="replace")
        pages[address] = f"{answer.headers}\n{body}"
        if answer.mimetype in ("text/html", "application/xml", "text/xml"):
            waiting += sorted(links_on(answer.text, address) - pages.keys())
    return pages


@pytest.fixture
def grounds(app: Flask, world: World, planted: dict[str, str]) -> Grounds:
    with app.app_context():
        db.session.execute(text("DELETE FROM participant WHERE seat IN (1, 2, 3, 4)"))
        db.session.execute(text("DELETE FROM participant WHERE wait_number = 1"))
        db.session.commit()
    return lay_out(app, world)


@pytest.fixture
def elsewhere(world: World, grounds: Grounds) -> None:
    """A group of the other region that nobody may find, coordinated by somebody with such a name."""
    with world.app.app_context():
        group = world.group(
            db.session.get_one(Fellowship, world.fellowship_id),
            "noord",
            HIDDEN.capitalize(),
            HIDDEN.capitalize(),
            weekday=2,
            province="Groningen",
            listed=False,
            language="fy",
        )
        group.slots[0].place.postcode = "9711 AA"
        world.person(f"{HIDDEN}@example.org", HIDDEN, Role.COORDINATOR, group=group)
        kept = KeptList(
            fellowship_id=world.fellowship_id, name=HIDDEN, query="q=x", kept_at=clock.now()
        )
        db.session.add(kept)
        db.session.commit()


@pytest.mark.parametrize(("person", "finds"), [("rita", False), ("roos", True), ("olaf", True)])
def test_an_officer_of_a_region_finds_no_group_of_elsewhere(
    grounds: Grounds, elsewhere: None, person: str, finds: bool
) -> None:
    pages = crawl(grounds.client(person), grounds)

    assert any(HIDDEN in page.lower() for page in pages.values()) is finds
    assert any("/national/stay-clean/groups" in address for address in pages)


@pytest.mark.parametrize("person", ["visitor", "ben", "olaf", "vera", "rita"])
def test_no_page_feed_or_export_holds_a_planted_name(
    grounds: Grounds, planted: dict[str, str], person: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    pages = crawl(grounds.client(person), grounds)

    of_anothers = {
        address: page
        for address, page in pages.items()
        if not (person == "ben" and address.startswith("/coordinate/west"))
    }
    betrayed = [
        address
        for address, page in of_anothers.items()
        if MARK in page.lower() or any(key in page for key in planted.values())
    ]
    assert betrayed == []
    assert len(pages) > 40
    assert MARK not in caplog.text.lower()
    assert not any(key in caplog.text for key in planted.values())


def test_a_coordinator_sees_the_names_of_the_own_circle_and_no_address(
    grounds: Grounds, planted: dict[str, str]
) -> None:
    """The control: the crawl does find a name where it may stand."""
    pages = crawl(grounds.client("anna"), grounds)

    with_names = [address for address, page in pages.items() if f"{MARK} " in page.lower()]
    assert with_names
    circle = ("/coordinate/oost/circle", "/coordinate/oost/evening", "/coordinate/oost/contacts")
    assert [one for one in with_names if not one.startswith((*circle, "/coordinate/oost"))] == []
    assert not [address for address, page in pages.items() if f"{MARK}." in page.lower()]


@pytest.mark.parametrize("person", ["visitor", "anna", "ben", "olaf", "vera"])
def test_who_asks_for_a_group_is_read_by_its_officers_alone_and_their_address_by_nobody(
    grounds: Grounds, person: str
) -> None:
    pages = crawl(grounds.client(person), grounds)

    with_name = {address for address, page in pages.items() if "Mees" in page}
    assert bool(with_name) == (person == "olaf")
    assert {
        one for one in with_name if not one.startswith("/national/stay-clean/requests/")
    } == set()
    assert [one for one, page in pages.items() if "mees@" in page or REQUEST_KEY in page] == []


def test_no_subject_no_log_and_no_letter_to_a_coordinator_names_anyone(
    app: Flask, planted: dict[str, str]
) -> None:
    with app.app_context():
        group = find_group("oost")
        assert group is not None
        cancel = transaction(_cancel_by_pausing)
        cancel(group.id)
        ids = [one.id for one in db.session.query(Letter) if one.kind]
        worded = set()
        for letter_id in ids:
            with writing():
                as_it_goes = as_sent(letter_id, clock.now())
            if as_it_goes is None:
                continue
            letter, values = as_it_goes
            worded.add(letter.kind)
            subject, body = word_letter(
                letter.kind, letter.language, values | {"proof": "x"}, "https://x"
            )
            assert MARK not in subject.lower(), letter.kind
            assert "oost" not in subject.lower()
            if MARK not in letter.recipient:
                assert MARK not in body.lower(), letter.kind
        assert {"someone_asked", "seat_given", "moved_up", "in_line"} <= worded
        changes = [(one.deed, one.before, one.after) for one in db.session.query(Change)]
        assert changes
        assert MARK not in repr(changes).lower()


def _cancel_by_pausing(group_id: int) -> None:
    group = hold_group(group_id, None)
    with telling_the_seated(group):
        group.status, group.status_since = "paused", clock.today()
