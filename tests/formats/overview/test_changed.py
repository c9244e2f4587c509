"""Five sentences that say what changed, and none of them a small number."""

from datetime import date

import pytest

from app.domain.overview import Overview, overview
from app.domain.people_known import People
from app.domain.tally import Amount, Topic
from app.formats.overview.changed import what_changed

TODAY = date(2026, 11, 23)
MOVED = {"2024-01 active": Amount(10), "2025-06 active": Amount(2), "2026-03 paused": Amount(1)}
FIGURES = {
    Topic.MOVED: MOVED,
    Topic.FOUNDED: {"2024-01": Amount(10), "2025-06": Amount(2), "2026-03": Amount(1)},
    Topic.ENDED: {"2025-12": Amount(3)},
    Topic.HEADS: {"2025-06": Amount(2, People(18)), "2026-03": Amount(3, People(21))},
}


def of(figures: dict) -> Overview:
    return overview(figures, today=TODAY, freshness={}, provinces=[], towns=[])


def test_twelve_months_stand_beside_the_twelve_before():
    assert what_changed(of(FIGURES), "nl") == [
        "Actieve groepen: 12, net zoveel als een jaar geleden.",
        "Begonnen in de laatste twaalf maanden: 1. In de twaalf maanden ervoor: 2.",
        "Gestopt in de laatste twaalf maanden: 3. In de twaalf maanden ervoor: 0.",
        "In oprichting zijn er nu 0, een jaar geleden 0. Even gestopt: 1, toen 0.",
        "Bij een getelde bijeenkomst waren er gemiddeld 7 mensen. In de twaalf maanden ervoor: 9.",
    ]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (Amount(1), "Actieve groepen: 13, 1 meer dan een jaar geleden."),
        (Amount(-4), "Actieve groepen: 8, 4 minder dan een jaar geleden."),
    ],
)
def test_more_and_fewer_are_said(change: Amount, said: str):
    figures = FIGURES | {Topic.MOVED: MOVED | {"2026-05 active": change}}

    assert what_changed(of(figures), "nl")[0] == said


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_fellowship_that_began_today_has_five_sentences_too(language: str):
    assert len(what_changed(of({}), language)) == 5


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_a_small_number_is_in_no_sentence(number: int):
    def heads(few: int) -> list[str]:
        one = {"2026-03": Amount(1, People.of(few))}
        two = {"2026-03": Amount(2, People.of(few) + People.of(9))}
        return [
            *what_changed(of(FIGURES | {Topic.HEADS: one}), "nl"),
            *what_changed(of(FIGURES | {Topic.HEADS: two}), "nl"),
        ]

    assert heads(number) == heads(2)
    assert "gemiddeld 1–4 mensen" in heads(number)[4]
    assert "gemiddeld ongeveer" in heads(number)[9]
