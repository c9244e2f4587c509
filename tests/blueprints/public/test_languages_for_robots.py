"""Search engines find each page for everyone once in each language, and nobody's own page."""

import re

import pytest
from flask.testing import FlaskClient

from app.formats.wording import LANGUAGES
from tests.people import Person

pytestmark = pytest.mark.usefixtures("clock", "world")

SITE = "http://127.0.0.1:5000"
ALTERNATE = re.compile(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)">')
CANONICAL = re.compile(r'<link rel="canonical" href="([^"]+)">')


@pytest.mark.parametrize("path", ["/", "/groups/oost", "/fellowships", "/over-zelfhulp"])
def test_each_page_names_itself_and_its_twins_once(client: FlaskClient, path: str):
    wanted = {code: f"{SITE}{path}?lang={code}" for code in LANGUAGES} | {"nl": SITE + path}
    of_all = [*wanted.items(), ("x-default", SITE + path)]

    for code in LANGUAGES:
        page = client.get(path, query_string={"lang": code}).text
        assert CANONICAL.findall(page) == [wanted[code]], code
        assert ALTERNATE.findall(page) == of_all, code


def test_without_a_language_asked_a_page_says_in_which_it_is(client: FlaskClient):
    page = client.get("/groups/oost", headers={"Accept-Language": "pl"}).text

    assert CANONICAL.findall(page) == [f"{SITE}/groups/oost?lang=pl"]


@pytest.mark.parametrize("path", ["/?near=Amsterdam", "/login", "/my-groups?g=oost"])
def test_an_answer_to_a_question_and_a_door_name_no_twins(client: FlaskClient, path: str):
    page = client.get(path, follow_redirects=True).text

    assert "hreflang=" in page, "the menu of languages"
    assert ALTERNATE.findall(page) == CANONICAL.findall(page) == []


def test_a_link_with_something_behind_it_is_the_same_page(client: FlaskClient):
    page = client.get("/groups/oost?from=newsletter")

    assert page.status_code == 200
    assert CANONICAL.findall(page.text) == [f"{SITE}/groups/oost"]
    assert ALTERNATE.findall(page.text) == []


def test_a_desk_names_no_twins(anna: Person):
    assert ALTERNATE.findall(anna.client().get("/coordinate/").text) == []
