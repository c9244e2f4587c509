"""What every site has: for robots, for who found a weakness, and what is kept of a visit."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from app.db import db
from app.records.groups import find_group
from tests.people import NOON, World


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    with time_machine.travel(NOON, tick=False):
        yield


def closed_to_robots(client: FlaskClient) -> list[str]:
    return re.findall(r"^Disallow: (\S+)$", client.get("/robots.txt").text, re.MULTILINE)


def test_every_address_for_robots_is_a_page_that_may_be_found(
    client: FlaskClient, world: World, app: Flask
) -> None:
    site = app.config["TWAALF_PUBLIC_URL"]
    listed = re.findall(r"<loc>(.*?)</loc>", client.get("/sitemap.xml").text)

    assert f"{site}/groups/oost" in listed
    for address in listed:
        assert address.startswith(f"{site}/")
        path = address.removeprefix(site)
        assert client.get(path).status_code == 200
        assert not any(path.startswith(closed) for closed in closed_to_robots(client))
        assert "noindex" not in client.get(path).headers.get("X-Robots-Tag", "")


def test_a_group_off_the_list_is_told_to_no_robot(
    app: Flask, client: FlaskClient, world: World
) -> None:
    with app.app_context():
        find_group("oost").listed = False
        db.session.commit()

    assert "/groups/oost<" not in client.get("/sitemap.xml").text


def test_robots_are_kept_off_pages_of_persons_and_not_off_feeds(client: FlaskClient) -> None:
    closed = closed_to_robots(client)

    assert {"/seat/", "/coordinate/", "/national/", "/account"} <= set(closed)
    assert not any("/feeds".startswith(path) for path in closed)


def test_who_found_a_weakness_reads_where_to_go_for_a_year(client: FlaskClient) -> None:
    lines = dict(
        line.split(": ", 1) for line in client.get("/.well-known/security.txt").text.splitlines()
    )

    assert lines["Contact"].startswith("mailto:")
    expires = datetime.fromisoformat(lines["Expires"])
    assert (expires - NOON.astimezone(UTC)).days in (363, 364)


@pytest.mark.parametrize("language", ["nl", "en", "ar"])
@pytest.mark.parametrize("page", ["/privacy", "/veilig"])
def test_what_is_kept_is_told_in_each_language(
    client: FlaskClient, world: World, page: str, language: str
) -> None:
    text = client.get(page, headers={"Accept-Language": language}).text

    assert f'<html lang="{language}"' in text
