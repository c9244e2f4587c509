"""Whoever gives a mail address gets letters at it, or is told why not."""

import pytest
from flask import Flask

from tests.addresses import SEAT_KEY, Grounds, lay_out
from tests.blueprints.signing import letters
from tests.browsing import submit
from tests.people import World

ACCENT = "Neem een mailadres zonder letters als é of ü voor de @."
PAGES = [
    ("visitor", "/groups/oost/contact", "reply_to"),
    ("visitor", "/groups/oost/ask", "contact"),
    ("visitor", "/groups/oost/link", "contact"),
    ("visitor", "/groups/oost/wrong", "sender"),
    ("visitor", "/start?fellowship=stay-clean", "contact"),
    ("kim", f"/seat/{SEAT_KEY}/letters", "contact"),
    ("anna", "/coordinate/oost/contacts/new", "email"),
    ("anna", "/coordinate/oost/people", "invite__email"),
    ("olaf", "/national/groups/oost/invite", "email"),
    ("olaf", "/national/stay-clean/settings", "email"),
]


@pytest.fixture
def grounds(app: Flask, world: World) -> Grounds:
    return lay_out(app, world)


@pytest.mark.parametrize(("person", "page", "field"), PAGES)
def test_every_field_tells_why_an_address_with_an_accent_gets_no_letters(
    grounds: Grounds, person: str, page: str, field: str
):
    answer = _send(grounds, person, page, field, "Änna@example.org")

    assert answer.status_code == 422
    assert ACCENT in answer.text


@pytest.mark.parametrize("typed", ["anna", "anna@", "anna@nergens", "anna＠example.org"])
@pytest.mark.parametrize(("person", "page", "field"), PAGES)
def test_every_field_refuses_once_what_is_no_address(
    grounds: Grounds, person: str, page: str, field: str, typed: str
):
    answer = _send(grounds, person, page, field, typed)

    assert answer.status_code == 422
    assert answer.text.count("Dit is geen mailadres.") in (1, 2)  # at the field, in the summary


def _send(grounds: Grounds, person: str, page: str, field: str, typed: str):
    to = f"{page}/invite" if page.endswith("/people") else None
    return submit(grounds.client(person), page, to=to, **{field: typed})


def test_letters_go_to_a_domain_in_the_letters_that_every_server_knows(grounds: Grounds):
    submit(
        grounds.client("anna"), "/coordinate/oost/contacts/new", name="Noor", email="n@exämple.nl"
    )

    assert letters(grounds.app, "contact_yes")[-1]["to"] == "n@xn--exmple-cua.nl"
