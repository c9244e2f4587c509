"""What lists say aside in prose is found and understood, and what says aside nothing is left alone.

Counted: an aside is found when its kind, days, weeks of the month and number are all right;
one that is found where there is none is false.
"""

from datetime import date

import pytest

from app.domain.exchange.asides import About, Aside
from app.formats.lists.prose.monthly import LABELS
from app.formats.lists.prose.reading import asides_in, taken_out
from tests.formats.lists.prose.rows import ASIDES, NOTHING, WRITTEN

NEAR = date.fromisoformat(WRITTEN)
ROWS = [
    tuple(part.strip() for part in (*line.split("|", 2)[:2], *line.split("|", 2)[2].rsplit("|", 1)))
    for line in ASIDES.strip().splitlines()
]
TEXTS = NOTHING.strip().splitlines()


def found_in(field: str, text: str, weekday: int) -> list[Aside]:
    if field in LABELS:
        return taken_out(text, field, near=NEAR, weekday=weekday)[1]
    return asides_in(text, "description", near=NEAR, weekday=weekday)


def said(one: Aside) -> str:
    parts: list[object] = [one.about, *one.days]
    if one.first or one.last:
        parts += [one.first, one.last]
    parts += [f"{one.start:%H:%M}"] if one.start else []
    parts += [*one.nths, *(f"{nth}={title}" for nth, title in one.themes)]
    parts += [one.number] if one.number else []
    return " ".join(map(str, parts))


@pytest.mark.parametrize(("field", "weekday", "text", "expected"), ROWS)
def test_an_aside_is_understood(field: str, weekday: str, text: str, expected: str) -> None:
    assert expected in [said(one) for one in found_in(field, text, int(weekday))]


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("field", ["name", "address", "notes"])
def test_what_announces_nothing_is_left_as_it_is(field: str, text: str) -> None:
    assert [one for day in range(1, 8) for one in found_in(field, text, day)] == []
    if field in LABELS:
        assert taken_out(text, field, near=NEAR, weekday=2)[0] == text


@pytest.mark.parametrize(
    ("field", "text", "left"),
    [
        ("name", "Oost - geen meeting op 7 juli", "Oost"),
        ("name", "24 EN 31 DECEMBER GEEN MEETING Donderdagavond", "Donderdagavond"),
        ("name", "Vrijdag Zuid (tijdelijk gesloten)", "Vrijdag Zuid"),
        ("name", "Jongeren | laatste dinsdag: stapavond", "Jongeren"),
        ("name", "Let op! In juli en augustus gesloten – Woensdag", "Woensdag"),
        ("address", "Kerkstraat 12, 13-24 aug andere locatie", "Kerkstraat 12"),
        ("address", "Kerkstraat 12 (13 t/m 24 aug andere locatie: Dorpsstraat 5)", "Kerkstraat 12"),
        ("address", "TIJDELIJKE LOCATIE! Plein 3", "Plein 3"),
        (
            "formatted_address",
            "Laan 4, tijdelijk gesloten, 1234 AB Delft, Nederland",
            "Laan 4, 1234 AB Delft, Nederland",
        ),
        (
            "formatted_address",
            "Laan 4 (26 mei geen meeting), 1234 AB Delft",
            "Laan 4, 1234 AB Delft",
        ),
    ],
)
def test_a_name_and_an_address_stand_without_it(field: str, text: str, left: str) -> None:
    assert taken_out(text, field, near=NEAR, weekday=2)[0] == left


def test_a_closure_is_never_read_out_of_the_word_for_a_closed_meeting() -> None:
    assert asides_in("Gesloten meeting op 2 juni.", "description", near=NEAR, weekday=2) == []


def test_what_was_understood_is_kept_whole() -> None:
    for field, weekday, text, _ in ROWS:
        for one in found_in(field, text, int(weekday)):
            again = Aside.again(one.field, one.words, str(one.about), one.understood())
            assert again == one
            assert again.about in About
