"""Regions of one's own making: what is typed, and what lies in them."""

import random

import pytest

from app.domain.geography.netherlands import towns_by_postcode
from app.domain.geography.region import (
    MOST_PARTS,
    Area,
    NotAPart,
    PartKind,
    TooManyRegions,
    part_in_words,
    parts_in,
    region_of,
)


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("Noord-Holland", PartKind.PROVINCE, "Noord-Holland"),
        ("noord holland", PartKind.PROVINCE, "Noord-Holland"),
        ("Utrecht", PartKind.PROVINCE, "Utrecht"),
        ("provincie Utrecht", PartKind.PROVINCE, "Utrecht"),
        ("gemeente Utrecht", PartKind.MUNICIPALITY, "Utrecht"),
        ("Den Haag", PartKind.MUNICIPALITY, "Den Haag"),
        ("Bergen (Limburg)", PartKind.MUNICIPALITY, "Bergen (Limburg)"),
        ("1011", PartKind.POSTCODE, "1011-1011"),
        ("1000 - 1109", PartKind.POSTCODE, "1000-1109"),
        ("1000–1109", PartKind.POSTCODE, "1000-1109"),
    ],
)
def test_a_part_is_read_and_written_the_same(text: str, kind: PartKind, value: str):
    [part] = parts_in(text)

    assert part == (kind, value)
    assert parts_in(part_in_words(part)) == (part,)


@pytest.mark.parametrize(
    "text",
    ["Bergen", "Atlantis", "1109-1000", "999", "0999-1200", "gemeente Drenthe", "provincie Ede"],
)
def test_what_is_no_part_is_said_in_full(text: str):
    with pytest.raises(NotAPart) as refused:
        parts_in(f"Drenthe, {text}\nZeeland")

    assert refused.value.words == (text,)


def test_a_region_has_an_end():
    with pytest.raises(TooManyRegions):
        parts_in(",".join(["Drenthe"] * (MOST_PARTS + 1)))


AREAS = {
    1: Area.of(parts_in("Noord-Holland, Drenthe")),
    2: Area.of(parts_in("gemeente Amsterdam, gemeente Assen")),
    3: Area.of(parts_in("1011-1018, 9400-9499")),
}


@pytest.mark.parametrize(
    ("town", "province", "postcode", "region"),
    [
        ("Haarlem", "Noord-Holland", None, 1),
        ("Amsterdam", "Noord-Holland", None, 2),
        ("Amsterdam", "Noord-Holland", 1019, 2),
        ("Amsterdam", "Noord-Holland", 1018, 3),
        ("Weesp", "Noord-Holland", None, 2),
        ("Amsterdam", "Groningen", None, None),
        ("Toronto", "", None, None),
        ("", "Drenthe", None, 1),
    ],
)
def test_what_is_drawn_closest_wins(
    town: str, province: str, postcode: int | None, region: int | None
):
    assert region_of(AREAS, (town, province), postcode) == region


def test_a_town_is_in_postcodes_when_all_of_its_own_are():
    postcodes = sorted(towns_by_postcode()["Assen", "Drenthe"])
    whole = Area.of(parts_in(",".join(map(str, postcodes))))
    all_but_one = Area.of(parts_in(",".join(map(str, postcodes[1:]))))

    assert region_of({1: whole}, ("Assen", "Drenthe"), None) == 1
    assert region_of({1: all_but_one}, ("Assen", "Drenthe"), None) is None
    assert region_of({1: all_but_one}, ("Assen", "Drenthe"), postcodes[0]) is None


def test_parts_in_another_order_are_the_same_area():
    parts = list(parts_in("Drenthe, gemeente Ede, 1011-1018, 3011"))
    before = Area.of(parts)
    random.Random(1).shuffle(parts)

    assert Area.of(parts) == before
