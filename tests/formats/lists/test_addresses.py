"""Addresses of the world are taken apart, and nobody is moved into the Netherlands."""

import pytest

from app.domain.place import Position
from app.formats.lists.addresses import Address, Hints, completed

HERE = Hints(usual="NL")


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("Lindengracht 93, 1015 KD Amsterdam, Nederland", "Lindengracht 93|1015 KD|Amsterdam||NL"),
        ("Lindengracht 93, Amsterdam, 1015 KD", "Lindengracht 93|1015 KD|Amsterdam||NL"),
        ("Kade 1, Amsterdam, Noord-Holland, Nederland", "Kade 1||Amsterdam|Noord-Holland|NL"),
        ("Amsterdam, Noord-Holland, Nederland", "||Amsterdam|Noord-Holland|NL"),
        ("Utrecht, Nederland", "||Utrecht||NL"),
        ("Groningen, Groningen, Nederland", "||Groningen|Groningen|NL"),
        ("Keizersgracht 1, Amsterdam", "Keizersgracht 1||Amsterdam||NL"),
        ("Philadelphia, PA, USA", "||Philadelphia|PA|US"),
        ("Philadelphia, PA", "||Philadelphia|PA|US"),
        ("12 Main St, Anytown, OK 12345, USA", "12 Main St|12345|Anytown|OK|US"),
        ("12 Main St, Anytown, OK, 12345, USA", "12 Main St|12345|Anytown|OK|US"),
        ("55 Victoria St, Tweed, ON K0K 3J0, Canada", "55 Victoria St|K0K 3J0|Tweed|ON|CA"),
        ("10 Downing St, London SW1A 2AA, UK", "10 Downing St|SW1A 2AA|London||GB"),
        ("Markt 3, 2382 Poppel, België", "Markt 3|2382|Poppel||BE"),
        ("Rue Haute 3, B-1000 Bruxelles", "Rue Haute 3|1000|Bruxelles||BE"),
        ("Weg 6, 10249 Berlin, Deutschland", "Weg 6|10249|Berlin||DE"),
        ("Schottegatweg 1, Willemstad, Curaçao", "Schottegatweg 1||Willemstad||CW"),
        ("Calle Mayor 3, Barcelona", "Calle Mayor 3||Barcelona||"),
        ("Weg 6, 10249 Berlin", "Weg 6|10249|Berlin||"),
        ("", "||||"),
    ],
)
def test_an_address_on_one_line_is_taken_apart(line: str, meant: str):
    hints = Hints(usual="NL", language="es") if "Barcelona" in line else HERE

    assert completed(Address(), line, hints) == Address(*meant.split("|"))


def test_a_country_is_named_before_the_zone_speaks_and_that_before_the_fellowship():
    weg = Address(street="Weg 1", town="Ergens", postcode="10249")

    assert completed(weg, "", Hints(of_zone="DE", usual="NL")).country == "DE"
    assert completed(weg, "Weg 1, 10249 Ergens, France", Hints(of_zone="DE")).country == "FR"
    assert completed(weg, "", Hints(of_zone="NL", usual="FR")).country == "FR"


def test_a_position_elsewhere_speaks_against_a_country():
    town = Address(town="Amsterdam")
    new_york = Position(42.9, -74.2)

    assert completed(town, "", HERE).country == "NL"
    assert completed(town, "", Hints(usual="NL", position=new_york)).country == ""


@pytest.mark.parametrize(
    ("written", "ours"), [("Fryslân", "Friesland"), ("South Holland", "Zuid-Holland")]
)
def test_a_province_is_called_as_we_call_it(written: str, ours: str):
    assert completed(Address(town="X", province=written, country="NL"), "", HERE).province == ours
