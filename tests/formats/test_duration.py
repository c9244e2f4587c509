"""Durations in words: each sentence that promises one takes it from the domain."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from babel.messages.pofile import read_po
from flask import Flask

from app.domain import retention, roles, seating
from app.domain.signin import lasting
from app.formats import duration
from app.formats.duration import LENGTHS, duration_in_words
from app.formats.letter import word_letter
from app.formats.wording import DESKS, LANGUAGES
from tests.people import World
from tests.source import APP

DAYS, HOURS, MINUTES = (
    lambda number, unit=unit: timedelta(**{unit: number}) for unit in ("days", "hours", "minutes")
)


@pytest.mark.parametrize(
    ("length", "dutch", "english"),
    [
        (MINUTES(1), "een minuut", "a minute"),
        (MINUTES(10), "tien minuten", "ten minutes"),
        (MINUTES(30), "een half uur", "half an hour"),
        (MINUTES(45), "45 minuten", "45 minutes"),
        (HOURS(1), "een uur", "an hour"),
        (HOURS(2), "twee uur", "two hours"),
        (MINUTES(90), "negentig minuten", "ninety minutes"),
        (HOURS(23), "23 uur", "23 hours"),
        (HOURS(24), "een dag", "a day"),
        (HOURS(25), "25 uur", "25 hours"),
        (HOURS(48), "twee dagen", "two days"),
        (HOURS(72), "drie dagen", "three days"),
        (DAYS(6), "zes dagen", "six days"),
        (DAYS(7), "een week", "a week"),
        (DAYS(14), "twee weken", "two weeks"),
        (DAYS(19), "negentien dagen", "nineteen days"),
        (DAYS(30), "dertig dagen", "thirty days"),
        (DAYS(56), "acht weken", "eight weeks"),
        (DAYS(90), "negentig dagen", "ninety days"),
        (DAYS(179), "179 dagen", "179 days"),
        (DAYS(180), "een half jaar", "half a year"),
        (DAYS(26 * 7), "een half jaar", "half a year"),
        (DAYS(52 * 7), "52 weken", "52 weeks"),
        (DAYS(365), "een jaar", "a year"),
        (DAYS(366), "een jaar", "a year"),
        (DAYS(2 * 366), "twee jaar", "two years"),
        (DAYS(3653), "tien jaar", "ten years"),
    ],
)
def test_a_duration_reads_as_one_says_it(length: timedelta, dutch: str, english: str):
    assert duration_in_words(length, "nl") == dutch
    assert duration_in_words(length, "en") == english


def test_every_language_can_say_every_duration():
    assert set(duration._WORDS) == set(DESKS)
    for language in DESKS:
        assert len({duration._number(number, language) for number in range(2, 100)}) == 98
    for language in LANGUAGES:
        assert all(duration_in_words(length(), language) for length in LENGTHS.values())


UNITS = {
    "nl": r"uur|uren|minuten|minuut|dag|dagen|week|weken|maand|maanden|jaar|kwartier",
    "en": r"hours?|minutes?|days?|weeks?|months?|years?",
}
NUMBERS = {
    "nl": r"een|één|een half|een halve|half|\d+|" + "|".join(
        duration._number(number, "nl") for number in (*range(2, 20), *range(20, 100, 10))
    ),
    "en": r"an?|one|half an?|quarter of an|\d+|" + "|".join(
        duration._number(number, "en") for number in (*range(2, 20), *range(20, 100, 10))
    ),
}  # fmt: skip

WHICHEVER = re.compile(
    r"\b(?:Kies|Kies ook|Vul|Choose|Fill in) (?:een|a) (?:dag|week|day)\b", re.IGNORECASE
)
"""A day to be chosen: not how long anything lasts."""
NO_PROMISE = {
    # What the world is like, or the words of another sense; nothing of ours changes it.
    "een half jaar": "how other languages say what was reckoned",
    "een half uur": "how other languages say what was reckoned",
    "binnen een half uur": "how often a calendar program asks",
    "binnen een uur": "how often a calendar program asks",
    "drie uur tot een dag": "how often a calendar program asks",
    "een halve dag tot een dag": "how often a calendar program asks",
    "meestal binnen een uur": "how often a calendar program asks",
    "Een agenda kan een dag achterlopen. De groepsapp niet.": "how often a calendar program asks",
    "Geen mail na een kwartier? Kijk bij ongewenste mail, of vraag het nog eens.": "how slow mail is",
    "Kies een van de zeven dagen.": "a week has seven",
    "Deze dag is al geweest. Kies vandaag of een dag die nog komt.": "a day, whichever",
    "Kies deze week of een week die nog komt.": "a week, whichever",
    "Op papier passen hooguit %(number)s groepen. Kies een plaats, een dag of een organisatie.": (
        "a day, whichever"
    ),
    "Weet je al een dag?": "a day, whichever",
    "Elke week, op dezelfde dag en tijd, meestal twee uur.": "what self-help groups are anywhere",
    "Je krijgt binnen twee weken antwoord. Kan het niet snel beter, dan helpen we je op een andere "
    "manier.": "how soon the operator answers, by the government's form of the statement",
    "Kies twee dagen vanaf vandaag: eerst de eerste, dan de laatste.": "two of them, whichever",
    "Om zes uur ’s ochtends krijgt diegene de mail met de link.": "an hour of the clock",
    "Nieuwe dag, tijd, locatie of thema’s vanaf een week": "a week, whichever",
    "Eén mail per dag, voor de bijeenkomst": "how often, by the name of the choice itself",
    "Wil je dit per dag in één mail, of juist meteen? Kies het hier:": "the same choice",
    "Toon over een week weer": "the name of the choice itself, made from SNOOZES",
    "Bewaard hoe een maand eindigde": "a month, whichever",
    "Actieve groepen: %(now)s, %(number)s meer dan een jaar geleden.": "what is compared",
    "Actieve groepen: %(now)s, %(number)s minder dan een jaar geleden.": "what is compared",
    "Actieve groepen: %(now)s, net zoveel als een jaar geleden.": "what is compared",
    "Begonnen in de laatste twaalf maanden: %(now)s. In de twaalf maanden ervoor: %(then)s.": (
        "what is compared"
    ),
    "Gestopt in de laatste twaalf maanden: %(now)s. In de twaalf maanden ervoor: %(then)s.": (
        "what is compared"
    ),
    "Bij een getelde bijeenkomst waren er gemiddeld %(now)s mensen. In de twaalf maanden ervoor: %(then)s.": (
        "what is compared"
    ),
    "Geen groep deelde in de laatste twaalf maanden een telling.": "what is compared",
    "In oprichting zijn er nu %(preparing)s, een jaar geleden %(prepared)s. "
    "Even gestopt: %(paused)s, toen %(stood)s.": "what is compared",
}


def durations(language: str) -> dict[str, list[str]]:
    """Return the sentences with a number and a unit in them, and those that were found."""
    found = re.compile(rf"\b({NUMBERS[language]})[ -]({UNITS[language]})\b", re.IGNORECASE)
    with (APP / "translations" / "en" / "LC_MESSAGES" / "messages.po").open("rb") as file:
        catalogue = read_po(file)
    said: dict[str, list[str]] = {}
    for message in catalogue:
        dutch = [message.id] if isinstance(message.id, str) else list(message.id)
        text = message.string if language == "en" else message.id
        for sentence in [text] if isinstance(text, str) else text:
            if hits := [hit[0] for hit in found.finditer(WHICHEVER.sub("", sentence))]:
                said[dutch[0]] = hits
    return said


def test_no_sentence_promises_a_duration_by_heart():
    """It is a placeholder: `%(time)s`, with `lasts(…)` or `duration_in_words`."""
    assert {one: hits for one, hits in durations("nl").items() if one not in NO_PROMISE} == {}


def test_nor_does_a_translation():
    one_week = {"Eén week", "Eén week veranderd", "Eén week weer zoals altijd"}
    known = NO_PROMISE.keys() | one_week

    assert {one: hits for one, hits in durations("en").items() if one not in known} == {}


def test_what_is_no_promise_is_still_said():
    assert NO_PROMISE.keys() <= durations("nl").keys() | durations("en").keys()


@pytest.fixture
def world(app: Flask) -> World:
    return World(app)


PROMISES = [
    # where, whose constant, and what they say before and after
    ("/privacy", retention, "LETTER", "Een week later is het weg"),
    ("/privacy", retention, "EVENING", "is een week later gewist"),
    ("/privacy", retention, "BACKUP", "na hooguit dertig dagen weg"),
    ("/privacy", retention, "SILENCE", "Blijft het dertig dagen stil"),
    ("/privacy", retention, "REQUEST_UNCONFIRMED", "dan is na twee dagen alles weg"),
    ("/privacy", retention, "REQUEST_ANSWERED", "Negentig dagen na het antwoord"),
    ("/privacy", retention, "REQUEST_LONGEST", "na hooguit een jaar"),
    ("/privacy", retention, "PROPOSAL_ANSWERED", "is dertig dagen later weg"),
    ("/privacy", retention, "PROPOSAL_OPEN", "wissen we alles na een half jaar"),
    ("/reset", lasting, "RESET_LASTS", "Die werkt twee uur"),
]


@pytest.mark.parametrize(("path", "home", "constant", "promise"), PROMISES)
def test_a_page_promises_what_the_rule_says(
    world: World, monkeypatch, path: str, home, constant: str, promise: str
):
    said = world.app.test_client().get(path, headers={"Accept-Language": "nl"}).text
    assert promise in said

    monkeypatch.setattr(home, constant, timedelta(days=35))
    said = world.app.test_client().get(path, headers={"Accept-Language": "nl"}).text

    assert promise not in said
    assert "vijf weken" in said.lower()


VALUES = {
    "name": "Kim", "group": "Oost", "slug": "oost", "key": "k", "proof": "p", "role": "coordinator",
    "subject": "Oost", "waits": False, "welcomes": False, "seating": "seats_itself",
    "fellowship": "AA",
}  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "home", "constant", "promise"),
    [
        ("invitation", roles, "INVITATION_LASTS", "within three days"),
        ("request_confirm", retention, "REQUEST_UNCONFIRMED", "within two days"),
        ("still_with_us", retention, "SILENCE", "for thirty days"),
    ],
)
def test_a_letter_promises_what_the_rule_says(
    monkeypatch, kind: str, home, constant: str, promise: str
):
    assert promise in word_letter(kind, "en", VALUES, "https://x")[1]

    monkeypatch.setattr(home, constant, timedelta(days=35))

    assert promise not in word_letter(kind, "en", VALUES, "https://x")[1]
    assert "five weeks" in word_letter(kind, "en", VALUES, "https://x")[1]


def test_a_promise_of_the_seats_is_that_of_the_hold(monkeypatch):
    longer = {hold: replace(rule, lasts=timedelta(days=35)) for hold, rule in seating.HOLDS.items()}

    before = {name: LENGTHS[name]() for name in LENGTHS if name.startswith("seat_")}
    monkeypatch.setattr(seating, "HOLDS", longer)

    assert set(before.values()) == {timedelta(days=7)}
    assert {LENGTHS[name]() for name in before} == {timedelta(days=35)}
