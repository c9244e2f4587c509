"""What the public may see of a place, and that nothing else of it is left."""

from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.place import JoinBefore, Kind, Place, Position, Visibility
from app.domain.week import Week

ALWAYS = {"id", "kind", "country", "hidden"}
"""Known to be shown: a number, in a building or online, in which country, and that it is hidden."""
JOIN = {"join_url", "join_phone", "join_notes", "join_is_public", "join_before"}
MAY_BE_SEEN = {
    Visibility.WHOLE: {field.name for field in fields(Place)} - JOIN,
    Visibility.TOWN: ALWAYS | {"town", "province"},
    Visibility.NOTHING: ALWAYS,
}

texts = st.text("abcdefgh", min_size=1, max_size=6)
places = st.builds(
    Place,
    id=st.integers(1, 9),
    kind=st.sampled_from(Kind),
    name=texts,
    street=texts,
    postcode=texts,
    town=texts,
    province=texts,
    country=st.sampled_from(["NL", "BE"]),
    position=st.builds(Position, st.floats(50, 53), st.floats(3, 7)),
    directions=texts,
    join_url=texts,
    join_phone=texts,
    join_notes=texts,
    join_is_public=st.booleans(),
    hidden=st.just(False),
    join_before=st.none()
    | st.builds(
        JoinBefore, st.builds(Week, st.integers(2900, 3000)), texts, texts, texts, st.booleans()
    ),
)
visibilities = st.sampled_from(Visibility)
NOWHERE = Place(id=0, kind=Kind.BUILDING)
"""Every field that it leaves at its default is a field that says nothing."""


@given(places, visibilities)
def test_every_field_is_either_shown_by_this_visibility_or_empty(
    place: Place, visibility: Visibility
):
    seen = place.seen_by_public(visibility)

    may_be_seen = MAY_BE_SEEN[visibility] | (JOIN if place.join_is_public else set())
    for field in fields(Place):
        if field.name == "join_before" and place.join_before and place.join_is_public:
            is_shown = seen.join_before == place.join_before
            assert is_shown or seen.join_before == JoinBefore(place.join_before.until, "", "", "")
            assert is_shown == place.join_before.is_public
        elif field.name in may_be_seen:
            assert field.name == "hidden" or getattr(seen, field.name) == getattr(place, field.name)
        else:
            assert getattr(seen, field.name) == getattr(NOWHERE, field.name), field.name


@given(places, visibilities)
def test_a_hidden_place_says_that_it_is_hidden(place: Place, visibility: Visibility):
    assert place.seen_by_public(visibility).hidden is (visibility is not Visibility.WHOLE)


@given(places, visibilities, visibilities)
def test_looking_again_never_shows_more(place: Place, first: Visibility, second: Visibility):
    once = place.seen_by_public(first)

    twice = once.seen_by_public(second)

    assert once.seen_by_public(first) == once
    for field in fields(Place):
        if field.name not in ALWAYS:
            shown = getattr(twice, field.name)
            assert shown in (getattr(once, field.name), getattr(NOWHERE, field.name))


@given(places, visibilities)
def test_what_is_hidden_is_also_gone_from_the_address(place: Place, visibility: Visibility):
    marked = replace(place, street="Verborgenstraat 1", postcode="9999 ZZ", town="Geheimdorp")

    address = marked.seen_by_public(visibility).address

    assert ("Verborgenstraat" in address) is (visibility is Visibility.WHOLE)
    assert ("9999" in address) is (visibility is Visibility.WHOLE)
    assert ("Geheimdorp" in address) is (visibility is not Visibility.NOTHING)


@pytest.mark.parametrize(
    ("street", "postcode", "town", "address"),
    [
        ("Lindengracht 93", "1015 KD", "Amsterdam", "Lindengracht 93, 1015 KD Amsterdam"),
        ("Lindengracht 93", "", "Amsterdam", "Lindengracht 93, Amsterdam"),
        ("", "1015 KD", "Amsterdam", "1015 KD Amsterdam"),
        ("Lindengracht 93", "", "", "Lindengracht 93"),
        ("", "", "Amsterdam", "Amsterdam"),
        ("", "", "", ""),
    ],
)
def test_an_address_has_no_comma_too_many(street: str, postcode: str, town: str, address: str):
    place = Place(id=1, kind=Kind.BUILDING, street=street, postcode=postcode, town=town)

    assert place.address == address


@pytest.mark.parametrize(
    ("kind", "online", "building"),
    [(Kind.BUILDING, False, True), (Kind.ONLINE, True, False), (Kind.BOTH, True, True)],
)
def test_a_place_is_a_building_or_online_or_both(kind: Kind, online: bool, building: bool):
    place = Place(id=1, kind=kind)

    assert (place.is_online, place.has_building) == (online, building)


@given(places)
def test_the_link_of_before_holds_in_the_weeks_before_and_in_no_other(place: Place):
    before = place.join_before or JoinBefore(Week(2950), "https://oud.example", "1", "2")
    place = replace(place, join_before=before)

    was, is_now = place.in_week(before.until + -1), place.in_week(before.until)

    assert (was.join_url, was.join_phone, was.join_notes) == (
        before.url, before.phone, before.notes,
    )  # fmt: skip
    assert is_now == replace(place, join_before=None)
