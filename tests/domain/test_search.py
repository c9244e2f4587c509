"""A search and its address: what is written is read back, and nothing that is typed breaks it."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.geography.netherlands import PROVINCES
from app.domain.listing import Subject
from app.domain.search import RADII, Day, PartOfDay, Search, Sort, Whom, answers_to, days_asked
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
    kind=st.sampled_from(["", "speaker", "stay-clean.lofzang", "na.a/b c"]),
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


SUNDAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("day", "days"),
    [
        (Day.TODAY, (SUNDAY,)),
        (Day.TOMORROW, (date(2026, 11, 23),)),
        (Day.MONDAY, (date(2026, 11, 23),)),
        (Day.SATURDAY, (date(2026, 11, 28),)),
        (Day.SUNDAY, (SUNDAY, date(2026, 11, 29))),
        (date(2026, 12, 8), (date(2026, 12, 8),)),
    ],
)
def test_a_day_is_seen_from_today(day: Day | date, days: tuple[date, ...]):
    assert days_asked(day, SUNDAY) == days


@pytest.mark.parametrize("is_next", [True, False])
@pytest.mark.parametrize("ahead", range(9))
def test_a_meeting_answers_where_its_day_is_asked_and_nowhere_else(ahead: int, is_next: bool):
    day = SUNDAY + timedelta(days=ahead)

    answered = answers_to(day, SUNDAY, is_next=is_next)

    for asked in (*Day, day, day + timedelta(days=1)):
        first, *later = days_asked(asked, SUNDAY)
        assert (asked in answered) == (day == first or (is_next and day in later))


def test_what_began_yesterday_and_goes_on_is_of_today():
    answered = answers_to(SUNDAY - timedelta(days=1), SUNDAY, is_next=True)

    assert answered == {Day.TODAY, SUNDAY, SUNDAY - timedelta(days=1)}


@pytest.mark.parametrize("text", ["2026-12-08", "2027-01-03"])
def test_a_date_can_be_asked(text: str):
    read = read_search({"day": text})

    assert read.search == Search(day=date.fromisoformat(text))
    assert write_search(read.search) == f"day={text}"


@pytest.mark.parametrize(
    "text", ["2026-13-01", "20261208", "2026-W50-2", "8 december", "1926-12-08"]
)
def test_what_is_no_date_of_ours_is_left_out(text: str):
    assert read_search({"day": text}).ignored == (("day", text),)
