"""Colours in calendars have names."""

import pytest

from app.formats.ical.colour_names import colour_name


@pytest.mark.parametrize(
    ("colour", "name"),
    [("#0f5e59", "teal"), ("#008080", "teal"), ("#B22222", "firebrick"), ("#4169e2", "royalblue")],
)
def test_a_colour_gets_the_nearest_name(colour: str, name: str):
    assert colour_name(colour) == name


@pytest.mark.parametrize("colour", ["", "teal", "#fff", "#0f5e5g", "#0f5e59\r\nX:1"])
def test_what_is_no_colour_gets_no_name(colour: str):
    assert colour_name(colour) == ""
