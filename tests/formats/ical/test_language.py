"""Everything that a feed says is in the group's language: no sentence escapes the catalogue."""

import ast
from dataclasses import replace
from datetime import date, time
from uuid import UUID

import pytest

from app.domain.closure import Closure
from app.domain.deviation import Deviation
from app.domain.feeds.appointment import Said
from app.domain.feeds.feed import FeedKind
from app.domain.holiday import Holiday, HolidayName
from app.domain.meeting import Status
from app.domain.place import Visibility
from app.domain.seating import Availability
from app.domain.slot import Slot
from app.domain.themes import Theme
from app.formats.ical.feed import Feed, write_feed, write_quiet_feed
from app.formats.wording import LANGUAGES, gettext_in
from tests.formats.calendars import LINDE, ONLINE, OOST, WEEK, feed_of, schedule
from tests.source import APP

MODULES = sorted((APP / "formats" / "ical").glob("*.py"))
THE_SAME = {"Agenda", "Online"}
"""Words that English has too."""
SAYS_WORDS = ("GAAT", "NIET", "Deze", "deze", "Lezen", "Vraag", "Locatie", "Zo kom je", "Adres",
              "gestopt", "Afspraak", "plek", "Loop", "groep", "KAN", "kunt", "meedoen",
              "maandag", "Kerst", "vraag", "verplaatst", "volgt", "Bijeenkomst", "ander")  # fmt: skip


def sentences(source: str) -> tuple[set[str], set[str]]:
    """Return what a module gives to the catalogue, and the other texts in it that read as words."""
    tree = ast.parse(source)
    given, docs, format_values = set(), set(), set()
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if isinstance(body, list):
            docs |= {id(one.value) for one in body if isinstance(one, ast.Expr)}
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "_":
            assert isinstance(node.args[0], ast.Constant), "the catalogue cannot find this"
            given.add(node.args[0].value)
            format_values.add(id(node.args[0]))
    texts = {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in docs | format_values
        and " " in node.value.strip()
    }
    return given, texts


@pytest.mark.parametrize("module", MODULES, ids=lambda file: file.stem)
def test_each_sentence_is_in_the_catalogue_and_stands_nowhere_else(module):
    given, texts = sentences(module.read_text("utf-8"))
    english = gettext_in("en")

    untold = {one for one in given if english(one) == one or not english(one)} - THE_SAME
    assert untold == set()
    assert texts == set(), "a sentence that the catalogue does not have"


def everything() -> list[Feed]:
    """Return feeds in English that say all that a feed can say."""
    elsewhere = replace(LINDE, directions="Round the back")
    deviations = [
        Deviation(WEEK, cancelled=True),
        Deviation(WEEK + 1, weekday=5, start=time(20)),
        Deviation(WEEK + 2, place=elsewhere),
        Deviation(WEEK + 3, theme=Theme(None, "Hope", "Chapter 1", "What for?")),
    ]
    christmas = Holiday(date(2026, 12, 28), date(2026, 12, 28), HolidayName.CHRISTMAS_DAY)
    closures = (Closure(date(2027, 1, 4), date(2027, 1, 4)),)
    town = Slot(since=WEEK, weekday=1, start=time(19, 30), place=LINDE,
                visibility=Visibility.TOWN, themes=OOST.themes)  # fmt: skip
    online = replace(OOST, place=replace(ONLINE, join_is_public=True))
    unknown = replace(OOST, place=None)
    full = schedule(OOST, deviations, holidays=(christmas,), closures=closures)
    feeds = [feed_of(full)]
    feeds += [feed_of(schedule(one)) for one in (town, online, unknown)]
    feeds += [feed_of(schedule(status=one)) for one in (Status.PAUSED, Status.CLOSED)]
    for availability in Availability:
        feed = feed_of(schedule())
        feeds.append(replace(feed, listing=replace(feed.listing, availability=availability)))
    own = replace(feed_of(schedule()), is_personal=True, said={WEEK + 1: Said(True, 1, None)})
    return [*feeds, own, replace(own, kind=FeedKind.DISCREET),
            replace(feeds[0], kind=FeedKind.DISCREET)]  # fmt: skip


ALIKE = {language: {"Adres", "KAN", "ander"} for language in ("de", "fr", "pl", "tr")}
"""Letters that stand in words of those languages too: Adresse, KANN, andere, Adres."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_feed_in_another_language_says_no_word_of_dutch(language: str):
    said = ""
    for feed in everything():
        listing = replace(
            feed.listing,
            language=language,
            name="East",
            schedule=replace(feed.listing.schedule, titles={}),
        )
        said += write_feed(replace(feed, listing=listing)).decode().replace("\r\n ", "")
    said += write_quiet_feed(UUID(int=1), date(2026, 11, 2), language).decode()
    for place in ("De groene deur naast het café", "Buurthuis De Linde", "groepen.example"):
        said = said.replace(place, "")

    dutch = [word for word in SAYS_WORDS if word in said]

    if language == "nl":  # the control: the feeds say all of it
        assert sorted(set(SAYS_WORDS) - set(dutch)) == ["Bijeenkomst"]
    else:
        assert set(dutch) <= ALIKE.get(language, set())
