"""The test client's own eyes: it sees each fault of a page, and none in a good one."""

import pytest
from flask import Flask

from app.formats.wording import DESKS, LANGUAGES
from tests.addresses import lay_out, rules
from tests.pages import faults
from tests.people import World

GOOD = """<!doctype html>
<html lang="nl"><head><title>Oost</title></head><body>
<main><h1>Oost</h1>
<form><label for="town">Plaats</label><input id="town" name="town" aria-describedby="why">
<p id="why">Een plaats.</p><label>Dag <select name="day"><option>ma</option></select></label>
<input type="hidden" name="token"><button>Zoek</button></form>
<script type="application/ld+json">{"@type": "Event"}</script>
<script src="/static/site.js" defer></script>
<p lang="en">Back to the <a href="/">start</a>.</p></main>
</body></html>"""

READERS = [language for language in LANGUAGES if language not in DESKS]


def test_a_good_page_has_no_fault():
    assert faults(GOOD, "nl") == []


@pytest.mark.parametrize(
    ("good", "bad", "fault"),
    [
        ("</h1>", "", "<h1> is opened and closed +1"),
        ("<h1>Oost</h1>", "<h2>Oost</h2>", "0 times //h1"),
        ("<h1>Oost</h1>", "<h1>Oost</h1><h1>West</h1>", "2 times //h1"),
        ("<h1>Oost</h1>", "<h1></h1>", "nothing said: <h1></h1>"),
        ("<title>Oost</title>", "", "0 times /html/head/title"),
        ("<p id=", "</div><p id=", "Unexpected end tag : div"),
        (' lang="nl"', "", "lang is None, not nl"),
        (' lang="nl"', ' lang="en"', "lang is 'en', not nl"),
        ('<label for="town">Plaats</label>', "", 'no label: <input id="town"'),
        ("<label>Dag <select", "<label>Dag</label><select", 'no label: <select name="day"'),
        ('id="why"', 'id="town"', "id 'town' stands 2 times"),
        ('id="why"', 'id="reason"', "no id 'why'"),
        ("<main>", '<main style="color: red">', "inline: <main style="),
        ("<main>", '<main onclick="go()">', "inline: <main onclick="),
        ("</head>", "<style>p {}</style></head>", "inline: <style>"),
        ("</head>", "<script>go()</script></head>", "inline: <script>"),
        ("<button>Zoek</button>", "<button><svg></svg></button>", "nothing said: <button>"),
        ("<p id=", '<img src="/x.png"><p id=', "no alt: <img"),
    ],
)
def test_a_fault_is_seen(good: str, bad: str, fault: str):
    assert good in GOOD

    found = faults(GOOD.replace(good, bad, 1), "nl")

    assert any(fault in one for one in found), found


@pytest.mark.parametrize(
    ("said", "is_dutch"),
    [
        ("<p>Naar de inhoud</p>", True),
        ("<p>Kom bij elkaar, bij jou in de buurt of online. Het kost niets.</p>", False),
        ("<p>Here: “Snel weg” brengt je meteen naar het weerbericht. Drie keer Shift doet dat ook.</p>", True),
        ('<input aria-label="Wegwijzer">', True),
        ('<p lang="nl">Naar de inhoud</p>', False),
        ("<p>Online</p>", False),
        ("<p>Groep Oost</p>", False),
    ],
)  # fmt: skip
def test_a_dutch_sentence_on_an_english_page_is_seen(said: str, is_dutch: bool):
    page = f'<html lang="en"><head><title>x</title></head><body><main><h1>x</h1>{said}</main></body></html>'

    assert bool([one for one in faults(page, "en") if "not translated" in one]) == is_dutch


@pytest.mark.parametrize(
    ("person", "language"),
    [
        *((person, "en") for person in ("visitor", "kim", "anna", "olaf", "vera")),
        *((person, language) for language in READERS for person in ("visitor", "kim")),
    ],
)
def test_every_page_is_sound_in_each_language_to_who_may_see_it(
    app: Flask, world: World, person: str, language: str
):
    """In Dutch every other test looks. What is of desks alone is English to who asks another language."""
    grounds = lay_out(app, world)
    client = grounds.client(person)

    statuses = [
        client.get(grounds.address(rule, person), query_string={"lang": language}).status_code
        for rule in rules(app, "GET")
    ]

    assert 200 in statuses
