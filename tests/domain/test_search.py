"""A search and its address: what is written is read back, and nothing that is typed breaks it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.country import PROVINCES
from app.domain.listing import Audience, Subject
from app.domain.search import RADII, Day, PartOfDay, Search, Sort, Whom
from app.domain.whereabouts import Unknown, Whereabouts, whereabouts
from app.formats.search import NAMES, query_of, read_search, write_search

MONDAY = date(2026, 11, 23)

words = st.from_regex(r"[a-z]{2,12}( [a-z]{2,12})?", fullmatch=True)
searches = st.builds(
    Search,
    words=st.just("") | words,
    near=st.sampled_from(["", "3512 AB", "Amerfoort", "52.09,5.12", "'s-Hertogenbosch"]),
    day=st.none() | st.sampled_from(Day),
    time=st.none() | st.sampled_from(PartOfDay),
    whom=st.none() | st.sampled_from(Whom),
    fellowship=st.sampled_from(["", "stay-clean"]),
    subject=st.none() | st.sampled_from(Subject),
    language=st.sampled_from(["", "nl", "pl"]),
    online=st.none() | st.booleans(),
    free=st.booleans(),
    wheelchair=st.booleans(),
    is_open=st.booleans(),
    confirmed=st.booleans(),
    province=st.sampled_from(["", *PROVINCES]),
    within=st.none() | st.sampled_from(RADII),
    sort=st.none() | st.sampled_from(Sort),
)


@given(searches)
def test_a_search_is_read_back_from_its_address(search: Search):
    assert read_search(query_of(search)).search == search


@given(searches)
def test_one_search_has_one_address(search: Search):
    query = query_of(search)

    assert write_search(read_search(dict(reversed(query.items()))).search) == write_search(search)
    assert [name for name in NAMES if name in query] == list(query)


@given(st.dictionaries(st.sampled_from(NAMES), st.text(max_size=120)))
def test_whatever_is_typed_is_read_or_left_out(query: dict[str, str]):
    read = read_search(query)

    assert read_search(query_of(read.search)).search == read.search
    assert {name for name, _text in read.ignored} <= set(query)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("day", "9"),
        ("time", "noon"),
        ("for", "everyone"),
        ("subject", "tea"),
        ("language", "dutch"),
        ("online", "perhaps"),
        ("free", "12"),
        ("within", "7"),
        ("province", "Atlantis"),
        ("fellowship", "../etc"),
        ("sort", "price"),
    ],
)
def test_a_value_that_means_nothing_is_left_out_and_named(name: str, text: str):
    read = read_search({name: text, "q": "oost"})

    assert read.search == Search(words="oost")
    assert read.ignored == ((name, text),)


def test_a_postcode_among_the_words_is_a_place():
    assert read_search({"q": "3512 ab"}).search == Search(near="3512 ab")


@pytest.mark.parametrize(
    ("day", "weekday"), [(Day.TODAY, 7), (Day.TOMORROW, 1), (Day.SUNDAY, 7), (Day.MONDAY, 1)]
)
def test_a_day_is_seen_from_today(day: Day, weekday: int):
    assert day.weekday(date(2026, 11, 22)) == weekday


def test_for_myself_is_every_group_but_those_of_relatives():
    assert Whom.SELF.audiences == set(Audience) - {Audience.RELATIVES}


@pytest.mark.parametrize(
    ("near", "name"),
    [
        ("3512", "Utrecht"),
        ("3512AB", "Utrecht"),
        ("3512 ab", "Utrecht"),
        ("3512 AB Utrecht", "Utrecht"),
        ("3062", "Rotterdam"),
        ("2765", "Zevenhuizen"),
        ("Amerfoort", "Amersfoort"),
        ("rotterdm", "Rotterdam"),
        ("den bosch", "'s-Hertogenbosch"),
        ("'s-Gravenhage", "Den Haag"),
        ("Den Haag", "Den Haag"),
        ("amsterdam oost", "Amsterdam"),
        ("Ijsselstein", "IJsselstein"),
        ("Noord Holland", "Noord-Holland"),
        ("Drente", "Drenthe"),
        ("brabant", "Noord-Brabant"),
    ],
)
def test_a_place_is_known_however_it_is_written(near: str, name: str):
    found = whereabouts(near)

    assert isinstance(found, Whereabouts)
    assert found.name == name


@pytest.mark.parametrize(
    ("near", "why"),
    [
        ("B-2000", Unknown.BELGIAN),
        ("2000 België", Unknown.BELGIAN),
        ("10115", Unknown.GERMAN),
        ("D-10115", Unknown.GERMAN),
        ("48.85,2.35", Unknown.ABROAD),
        ("999,999", Unknown.ABROAD),
        ("xyzzy", Unknown.NAME),
        ("%", Unknown.NAME),
        ("🌷", Unknown.NAME),
    ],
)
def test_a_place_that_is_not_known_says_why(near: str, why: Unknown):
    assert whereabouts(near) is why


def test_a_position_is_rounded_to_about_a_kilometre():
    found = whereabouts("52.091234,5.123456")

    assert isinstance(found, Whereabouts)
    assert found.position
    assert (found.position.latitude, found.position.longitude) == (52.09, 5.12)
