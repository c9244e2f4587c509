"""The school regions as the ministry draws them, by town."""

import pytest

from app.domain.geography.netherlands import PROVINCES
from app.domain.geography.whereabouts import spot_of_town
from app.domain.holiday import Region
from app.domain.school_region import _OF_TOWN, region_of


@pytest.mark.parametrize(
    ("province", "town", "region"),
    [
        ("Groningen", "Groningen", Region.NORTH),
        ("Friesland", "Leeuwarden", Region.NORTH),
        ("Drenthe", "Assen", Region.NORTH),
        ("Overijssel", "Zwolle", Region.NORTH),
        ("Flevoland", "Lelystad", Region.NORTH),
        ("Noord-Holland", "Amsterdam", Region.NORTH),
        ("Utrecht", "Utrecht", Region.MIDDLE),
        ("Zuid-Holland", "Rotterdam", Region.MIDDLE),
        ("Zuid-Holland", "Rijswijk", Region.MIDDLE),
        ("Gelderland", "Apeldoorn", Region.MIDDLE),
        ("Gelderland", "Tiel", Region.MIDDLE),
        ("Limburg", "Maastricht", Region.SOUTH),
        ("Noord-Brabant", "Eindhoven", Region.SOUTH),
        ("Zeeland", "Middelburg", Region.SOUTH),
        # The exceptions of article 3.
        ("Flevoland", "Zeewolde", Region.MIDDLE),
        ("Utrecht", "Eemnes", Region.NORTH),
        ("Utrecht", "Abcoude", Region.NORTH),
        ("Gelderland", "Hattem", Region.NORTH),
        ("Gelderland", "Hattemerbroek", Region.MIDDLE),
        ("Gelderland", "Arnhem", Region.SOUTH),
        ("Gelderland", "Nijmegen", Region.SOUTH),
        ("Gelderland", "Beuningen Gld", Region.SOUTH),
        ("Gelderland", "Didam", Region.SOUTH),
        ("Gelderland", "'s-Heerenberg", Region.MIDDLE),
        ("Gelderland", "Dodewaard", Region.SOUTH),
        ("Gelderland", "Opheusden", Region.MIDDLE),
        ("Noord-Brabant", "Rijswijk (NB)", Region.MIDDLE),
        ("Noord-Brabant", "Woudrichem", Region.MIDDLE),
        ("Noord-Brabant", "Hank", Region.SOUTH),
        ("Noord-Brabant", "Dussen", Region.SOUTH),
        # Written otherwise, or with less.
        ("Gelderland", "ARNHEM", Region.SOUTH),
        ("Noord-Brabant", "Babylonienbroek", Region.MIDDLE),
        ("", "Nijmegen", Region.SOUTH),
        ("", "Den Haag", Region.MIDDLE),
        ("", "Groningen", Region.NORTH),
        ("", "", Region.MIDDLE),
        ("Ontario", "Toronto", Region.MIDDLE),
    ],
)
def test_a_town_has_its_region(province: str, town: str, region: Region):
    assert region_of(province, town) is region


def test_every_province_has_a_region_of_its_own():
    regions = {region_of(province, "") for province in PROVINCES}

    assert regions == set(Region)
    assert region_of("Zeeland", "nergens") is Region.SOUTH


def test_every_town_that_is_an_exception_is_on_the_map():
    """A name that is misspelled here would never be met."""
    also = {"beek", "loo", "rijswijk", "beuningen", "well", "alphen", "spijk", "oosterhout"}

    unknown = [
        (province, town)
        for province, town in _OF_TOWN
        if town not in also and ((spot := spot_of_town(town, province)) is None or not spot.town)
    ]

    assert unknown == []
