"""Postcodes, towns and distances in the Netherlands."""

import gzip

import pytest

from app.domain.geography.gazetteer import Kind, called
from app.domain.geography.netherlands import PROVINCES, TABLE, distance, locate
from app.domain.geography.whereabouts import spot_of_town
from app.domain.place import Position


@pytest.mark.parametrize(
    ("postcode", "town", "province"),
    [
        ("1015 KD", "Amsterdam", "Noord-Holland"),
        ("1015kd", "Amsterdam", "Noord-Holland"),
        (" 1015 ", "Amsterdam", "Noord-Holland"),
        ("3062 AB", "Rotterdam", "Zuid-Holland"),
        ("2765 AA", "Zevenhuizen", "Zuid-Holland"),
        ("6431", "Hoensbroek", "Limburg"),
        ("9711", "Groningen", "Groningen"),
        ("4331", "Middelburg", "Zeeland"),
        ("8911", "Leeuwarden", "Friesland"),
        ("6811", "Arnhem", "Gelderland"),
    ],
)
def test_a_postcode_lies_in_a_town(postcode: str, town: str, province: str) -> None:
    spot = locate(postcode)

    assert spot is not None
    assert (spot.town, spot.province) == (town, province)


@pytest.mark.parametrize(
    "postcode", ["", "0000", "1234", "101", "1015 K", "1015 KDX", "x1015", "١٠١٥", "10155"]
)
def test_what_is_no_known_postcode_lies_nowhere(postcode: str) -> None:
    assert locate(postcode) is None


@pytest.mark.parametrize(
    ("name", "town", "province"),
    [
        ("Amsterdam", "Amsterdam", "Noord-Holland"),
        ("  amSTERdam ", "Amsterdam", "Noord-Holland"),
        ("den haag", "Den Haag", "Zuid-Holland"),
        ("'s-Gravenhage", "Den Haag", "Zuid-Holland"),
        ("den bosch", "'s-Hertogenbosch", "Noord-Brabant"),
        ("Exloerveen", "Exloërveen", "Drenthe"),
        ("Sint Annaparochie", "Sint Annaparochie", "Friesland"),
        ("bergen nh", "Bergen", "Noord-Holland"),
        ("Hengelo (O)", "Hengelo", "Overijssel"),
        ("Hekelingen", "Hekelingen", "Zuid-Holland"),
    ],
)
def test_a_town_is_found_by_any_spelling(name: str, town: str, province: str) -> None:
    spot = spot_of_town(name)

    assert spot is not None
    assert (spot.town, spot.province) == (town, province)


@pytest.mark.parametrize("name", ["", "!!!", "Nergenshuizen", "1015"])
def test_an_unknown_town_is_nowhere(name: str) -> None:
    assert spot_of_town(name) is None


def test_the_middle_of_a_town_is_in_the_town() -> None:
    dam_square = Position(52.373, 4.893)
    amsterdam = spot_of_town("Amsterdam")

    assert amsterdam is not None
    assert distance(amsterdam.position, dam_square) < 5


def test_the_table_holds_each_province_and_only_those() -> None:
    spots = [locate(f"{number}") for number in range(1000, 10000)]

    assert {spot.province for spot in spots if spot} == set(PROVINCES)
    assert sum(spot is not None for spot in spots) == 4082


def test_every_position_lies_in_the_country() -> None:
    for number in range(1000, 10000):
        if spot := locate(str(number)):
            assert 50.7 < spot.position.latitude < 53.6
            assert 3.3 < spot.position.longitude < 7.3


@pytest.mark.parametrize("postcode", ["3062", "2765", "6431"])
def test_a_corrected_postcode_lies_among_its_neighbours(postcode: str) -> None:
    corrected = locate(postcode)
    near = [locate(str(number)) for number in range(int(postcode) - 4, int(postcode) + 5)]

    assert corrected is not None
    assert min(
        distance(corrected.position, spot.position)
        for spot in near
        if spot and spot != corrected
    ) < 5  # fmt: skip


@pytest.mark.parametrize(
    ("a", "b", "km"),
    [
        (Position(52.3731, 4.8926), Position(52.3731, 4.8926), 0),
        (Position(52, 5), Position(53, 5), 111.2),
        (Position(60, 5), Position(60, 6), 55.6),
        (Position(0, 0), Position(0, 180), 20015.1),
        (Position(0, 179.5), Position(0, -179.5), 111.2),
    ],
)
def test_a_distance_is_as_the_crow_flies(a: Position, b: Position, km: float) -> None:
    assert distance(a, b) == pytest.approx(km, abs=0.1)
    assert distance(b, a) == distance(a, b)


def test_the_table_is_the_same_bytes_each_time_it_is_made() -> None:
    packed = TABLE.read_bytes()

    assert packed[4:8] == b"\0\0\0\0", "no time inside"
    assert len(gzip.decompress(packed).splitlines()) > 4082


def test_a_name_that_many_places_have_is_kept_once() -> None:
    towns = [one for name in ("bergen", "rijswijk", "beek", "laren") for one in called((name,))]
    provinces = [one.province for one in towns if one.kind is Kind.TOWN]
    spots = [spot for code in range(3500, 3600) if (spot := locate(str(code)))]
    for names in (provinces, [spot.town for spot in spots]):
        assert len(names) > len(set(names))
        assert len({id(name) for name in names}) == len(set(names))
