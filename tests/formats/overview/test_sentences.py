"""The sentences of an overview: one group is one group, and nothing is not the most of anything."""

from datetime import date

from app.domain.meeting import Status
from app.domain.overview import overview
from app.domain.people_known import People
from app.domain.tally import Amount, Topic
from app.formats.overview.parts import parts_of

TODAY = date(2026, 11, 23)


def sentence(key: str, figures: dict, language: str = "nl") -> str:
    found = overview(figures, today=TODAY, freshness={}, provinces=[], towns=[])
    return next(part.sentence for part in parts_of(found, language) if part.key == key)


def test_one_group_of_then_is_said_as_one():
    figures = {
        Topic.STATUS: {Status.ACTIVE: Amount(3)},
        Topic.SEATS: {Status.ACTIVE: Amount(3, People(30))},
        Topic.MOVED: {"2020-01 active": Amount(1), "2026-05 active": Amount(2)},
    }

    assert "was er 1 actieve groep, nu 3." in sentence("months", figures)
    assert "there was 1 active group" in sentence("months", figures, "en")


def test_nothing_is_said_of_the_most_of_nothing():
    assert sentence("times", {}) == ""
    assert sentence("listings", {}) == ""
