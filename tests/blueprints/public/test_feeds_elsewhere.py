"""What the pages of other sites may read, the address of a calendar, and what goes in clear."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import clock
from app.db import db
from app.domain.keys import hash_of
from app.formats.selection import Selection, pack
from app.records.groups import find_group
from app.records.participants import ParticipantRecord
from tests.blueprints.feeds import TUESDAY

CHOSEN = Selection(slugs=("oost", "west"))
OWN = "k" * 32
IN_CLEAR = "twaalf_private_keys_asked_in_clear_total "


@pytest.fixture
def own(app: Flask, feed: str) -> str:
    with app.app_context():
        group = find_group("oost")
        db.session.add(
            ParticipantRecord(
                group_id=group.id,
                seat=1,
                alias="Kim",
                key_hash="0" * 64,
                consent_at=TUESDAY,
                joined_on=TUESDAY.date(),
                feed_hash=hash_of(OWN),
            )
        )
        db.session.commit()
    return f"/feeds/{OWN}/agenda.ics"


@pytest.fixture
def public_ones(feed: str, discreet: str) -> list[str]:
    chosen = [
        f"/feeds/selection/{pack(one)}/agenda.ics"
        for one in (CHOSEN, replace(CHOSEN, is_discreet=True))
    ]
    return [feed, discreet, *chosen, "/meetings.json", "/fellowships/stay-clean/meetings.json"]


def test_public_ones_answer_another_site_with_their_validators(
    client: FlaskClient, public_ones: list[str]
):
    for address in public_ones:
        first = client.get(address, headers={"Origin": "https://elders.example"})
        again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})

        assert (first.status_code, again.status_code) == (200, 304)
        for answer in (first, again):
            assert answer.headers["Access-Control-Allow-Origin"] == "*"
            assert "ETag" in answer.headers["Access-Control-Expose-Headers"]


def test_a_browser_may_ask_beforehand_whether_it_may_ask_for_news(
    client: FlaskClient, public_ones: list[str]
):
    asks = {
        "Origin": "https://elders.example",
        "Access-Control-Request-Method": "GET",
        "Access-Control-Request-Headers": "if-none-match",
    }
    for address in public_ones:
        answer = client.options(address, headers=asks)

        assert answer.status_code == 204
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert "If-None-Match" in answer.headers["Access-Control-Allow-Headers"]


def test_a_private_calendar_is_read_by_no_other_site(client: FlaskClient, own: str):
    origin = {"Origin": "https://elders.example", "Access-Control-Request-Method": "GET"}

    for answer, status in (
        (client.get(own, headers=origin), 200),
        (client.options(own, headers=origin), 404),
    ):
        assert answer.status_code == status
        assert not [name for name in answer.headers if str(name).startswith("Access-Control")]


def test_the_address_of_before_gives_the_same(client: FlaskClient, feed: str, own: str):
    for address in (feed, own):
        key = address.split("/")[2].removesuffix(".ics")
        old, new = (client.get(f"/feeds/{key}{end}") for end in (".ics", "/agenda.ics"))

        assert (old.status_code, old.data) == (200, new.data)
        assert old.headers["ETag"] == new.headers["ETag"]


def asked_in_clear(client: FlaskClient) -> float:
    """Return what the page of figures tells of private keys that came by http."""
    told = client.get("/metrics").text
    [line] = [one for one in told.splitlines() if one.startswith(IN_CLEAR)]
    return float(line.split()[1])


def test_a_private_calendar_never_goes_in_clear_where_there_is_https(
    app: Flask, client: FlaskClient, feed: str, own: str
):
    app.config["TWAALF_PUBLIC_URL"] = "https://groepen.example"
    before = asked_in_clear(client)

    in_clear = client.get(own)

    assert (in_clear.status_code, in_clear.data.count(b"VCALENDAR")) == (308, 0)
    assert in_clear.headers["Location"] == f"https://groepen.example{own}"
    assert client.get(own, headers={"X-Forwarded-Proto": "https"}).status_code == 200
    assert client.get(feed).status_code == 200
    assert asked_in_clear(client) == before + 1


def test_what_came_in_clear_is_remembered_by_the_day_and_no_key_with_it(
    app: Flask, client: FlaskClient, feed: str, own: str, tmp_path: Path
):
    app.config |= {
        "TWAALF_PUBLIC_URL": "https://groepen.example",
        "IN_CLEAR_FOLDER": str(tmp_path / "in_clear"),
    }

    for _ in range(2):
        client.get(own)
        client.get(feed)
        client.get(own, headers={"X-Forwarded-Proto": "https"})

    [file] = (tmp_path / "in_clear").iterdir()
    assert (file.name, file.read_bytes()) == (clock.today().isoformat(), b"..")


def test_pages_and_the_demo_give_the_new_address(client: FlaskClient, feed: str):
    page = client.get("/groups/oost").text

    ends = re.findall(r"feeds(?:/|%2F)[\w-]+(/|%2F)agenda\.ics", page)

    every = re.findall(r"feeds(?:/|%2F)[^\s'\"]+?\.ics", page)
    assert len(ends) == len(every) > 0
