"""Pages inside other sites' pages: the only ones that may be, and they know nobody."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.blueprints.web.static_files import FOLDER
from app.domain.meeting import Status
from app.records.groups import Group
from tests.blueprints.feeds import edit
from tests.people import Person, World

pytestmark = pytest.mark.usefixtures("clock", "world")


@pytest.mark.parametrize(
    "query", ["", "?view=next", "?town=Amsterdam", "?lang=en", "?day=2&near=x"]
)
def test_a_list_may_be_framed_and_sets_no_cookie(client: FlaskClient, query: str):
    answer = client.get("/embed/stay-clean" + query, headers={"Cookie": "session=x; lang=en"})

    policy = answer.headers["Content-Security-Policy"]
    assert answer.status_code == 200
    assert "frame-ancestors *" in policy
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'")
    assert "X-Frame-Options" not in answer.headers
    assert "Set-Cookie" not in answer.headers
    assert "Cookie" not in answer.headers.get("Vary", "")
    assert answer.headers["Cache-Control"] == "public, max-age=300"
    assert answer.headers["Referrer-Policy"] == "no-referrer"


def test_a_group_in_preparation_without_a_time_is_on_it(client: FlaskClient, app: Flask):
    def prepare(group: Group) -> None:
        group.status = Status.PREPARING
        group.slots.clear()

    edit(app, prepare, "west")

    assert ">West</a>" in client.get("/embed/stay-clean").text.partition('id="preparing"')[2]
    assert client.get("/embed/stay-clean?view=next").status_code == 200


@pytest.mark.parametrize("address", ["/", "/embed/", "/embed/nergens", "/groups/oost", "/login"])
def test_nothing_else_may_be_framed(client: FlaskClient, address: str):
    answer = client.get(address)

    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Frame-Options"] == "DENY"


def test_it_is_the_same_for_who_is_logged_in(client: FlaskClient, anna: Person):
    hers, ours = anna.client().get("/embed/stay-clean"), client.get("/embed/stay-clean")

    assert hers.text == ours.text
    assert "Set-Cookie" not in hers.headers
    assert "<form" not in ours.text
    assert "<nav" not in ours.text


def test_every_link_opens_beside_the_page_and_tells_nothing(client: FlaskClient):
    links = re.findall(r"<a [^>]+>", client.get("/embed/stay-clean").text)

    assert len(links) == 3
    for link in links:
        assert 'target="_blank" rel="noopener noreferrer"' in link


def test_it_is_in_the_language_of_the_fellowship_unless_asked(client: FlaskClient):
    english = {"Accept-Language": "en"}

    assert '<html lang="nl">' in client.get("/embed/stay-clean", headers=english).text
    assert '<html lang="en">' in client.get("/embed/stay-clean?lang=en").text
    assert "Show all groups" in client.get("/embed/stay-clean?lang=en").text


def test_a_town_narrows_it_and_an_unlisted_group_is_not_in_it(client: FlaskClient, app: Flask):
    assert ">West<" not in client.get("/embed/stay-clean?town=Amsterdam").text

    edit(app, lambda group: setattr(group, "listed", False))

    assert ">Oost<" not in client.get("/embed/stay-clean").text
    assert "Er zijn hier nu geen groepen." in client.get("/embed/stay-clean?town=Amsterdam").text


def test_the_script_may_be_loaded_by_any_site_and_keeps_nothing(client: FlaskClient):
    answer = client.get("/embed/embed.js")

    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert answer.headers["Access-Control-Allow-Origin"] == "*", "else it is no module"
    assert "Set-Cookie" not in answer.headers
    for keeps in ("cookie", "localStorage", "sessionStorage", "fetch(", "sendBeacon"):
        assert keeps not in answer.text


@pytest.mark.parametrize(
    ("query", "opening", "meta"),
    [
        ("", '<html lang="nl">', "light dark"),
        ("?scheme=dark", '<html lang="nl" data-scheme="dark">', "dark"),
        ("?scheme=light&background=none", '<html lang="nl" data-scheme="light" data-background="none">', "light"),
        ("?scheme=%22x&background=red", '<html lang="nl">', "light dark"),
    ],
)  # fmt: skip
def test_the_page_around_a_list_decides_between_light_and_dark(
    client: FlaskClient, query: str, opening: str, meta: str
):
    page = client.get("/embed/stay-clean" + query).text

    assert opening in page
    assert f'<meta name="color-scheme" content="{meta}">' in page


def test_light_and_dark_of_a_list_are_those_of_our_own_pages():
    tokens = r"(?:color-scheme|--[\w-]+): [^;]+;"
    ours, theirs = ((FOLDER / name).read_text("utf-8") for name in ("site.css", "framed.css"))
    light = re.findall(tokens, ours.partition(":root {")[2].partition("}")[0])
    dark = re.findall(tokens, ours.partition("scheme: dark) {")[2].partition("}")[0])
    named = {token.partition(":")[0] for token in dark}

    for scheme, own in (("light", light), ("dark", dark)):
        block = theirs.partition(f'[data-scheme="{scheme}"]')[2].partition("}")[0]
        assert re.findall(tokens, block) == [t for t in own if t.partition(":")[0] in named]


@pytest.mark.parametrize("town", ["", "Den Haag", '"><script>alert(1)</script>', "x" * 500])
def test_the_code_to_copy_holds_what_was_chosen(client: FlaskClient, town: str):
    page = client.get("/embed/", query_string={"fellowship": "stay-clean", "town": town}).text

    assert "&lt;iframe src=" in page
    assert "/embed/stay-clean?" in page
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" not in page.split('id="with-script"')[1]


def test_without_a_choice_there_is_no_code(client: FlaskClient, world: World):
    for query in ("", "?fellowship=nergens"):
        page = client.get("/embed/" + query)
        assert page.status_code == 200
        assert "iframe" not in page.text
