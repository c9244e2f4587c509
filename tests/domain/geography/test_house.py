"""One house is one house, however its address is spelled."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.geography.house import house_of, is_one_house, is_one_room, plain


@dataclass(frozen=True)
class Address:
    street: str = ""
    postcode: str = ""
    town: str = "Dordrecht"
    name: str = ""
    country: str = "NL"


WILG = Address("Wilgenlaan 8", "3311 AA", name="Buurthuis De Wilg")

SAME = [
    (WILG, Address("Wilgenlaan 8", "3311AA", name="De Wilg")),
    (WILG, Address("wilgenlaan  8", "3311 aa", "DORDRECHT")),
    (WILG, Address("Wilgenln. 8", "3311 AA")),
    (WILG, Address("Wilgenlaan 8-10", "3311 AA")),
    (WILG, Address("Wilgenlaan 8, achterdeur", "3311 AA")),
    (WILG, Address("Wilgenlaan 8")),
    (Address("Lindenstr. 4"), Address("Lindenstraat 4")),
    (Address("Plein '40-'45 12"), Address("plein ’40-’45 12")),
    (Address("St. Janstraat 1"), Address("Sint Janstraat 1")),
    (Address("Café 3", town="Süd"), Address("cafe 3", town="sud")),
    (Address("Hauptstr. 12", "50667", "Köln", country="DE"), Address("Hauptstraße 12", "50667", "Köln", country="DE")),
    (Address("12 Main Street", "", "Boston", country="US"), Address("12 main street", "", "Boston", country="US")),
    (Address(name="De Kom"), Address(name="de kom")),
    (Address("вул. Лесі 5", town="Київ", country="UA"), Address("Вул. лесі 5", town="київ", country="UA")),
]  # fmt: skip
OTHER = [
    (WILG, Address("Wilgenlaan 8", "3311 AB")),
    (WILG, Address("Wilgenlaan 9", "3311 AA")),
    (WILG, Address("Wilgenlaan 8a", "3311 AA")),
    (WILG, Address("Wilgenlaan 8", town="Zwijndrecht")),
    (WILG, Address("Beukenlaan 8")),
    (Address("2e Lindendwarsstraat 4"), Address("1e Lindendwarsstraat 4")),
    (Address("Plein 1813 3"), Address("Plein 1813 5")),
    (Address("Lindenstraat 4"), Address("Lindenstraat 4", country="BE")),
    (Address("вул. Лесі 5", town="Київ", country="UA"), Address("вул. Тараса 5", town="Київ", country="UA")),
    (Address(name="De Kom"), Address(name="De Bron")),
    (Address(town=""), Address(town="")),
    (Address(), Address()),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), SAME)
def test_two_spellings_of_an_address_are_one_house(one: Address, other: Address):
    assert is_one_house(one, other)
    assert is_one_house(other, one)


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_two_addresses_are_two_houses(one: Address, other: Address):
    assert not is_one_house(one, other)
    assert not is_one_house(other, one)


texts = st.text(max_size=30)


@pytest.mark.long
@given(texts, texts, texts, texts, st.sampled_from(["NL", "BE", "US", "GB"]))
def test_every_known_house_is_one_with_itself(street, postcode, town, name, country):
    address = Address(street, postcode, town, name, country)

    assert is_one_house(address, address) is (house_of(address) is not None)


@given(texts)
def test_spaces_signs_and_capitals_do_not_count(text: str):
    assert plain(f" {text}-") == plain(text) == plain(plain(text))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("zaal 2", "Zaal  2", True),
        ("zaal 2", "zaal 1", False),
        ("zaal 2", "", None),
        ("", "", None),
    ],
)
def test_rooms_are_told_apart_where_both_are_said(one: str, other: str, same: bool | None):
    assert is_one_room(one, other) is same
