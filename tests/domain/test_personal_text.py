"""What should rather not stand in a public text is found, in a time that grows with the text."""

import time

import pytest

from app.domain.personal_text import Finding, personal_in

SECONDS = 5
"""Of the processor; as the square of the length it would be many more."""


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("mail jan.vries+x@example.org", {Finding.ADDRESS: "jan.vries+x@example.org"}),
        ("(jan@mail.example.org)", {Finding.ADDRESS: "jan@mail.example.org"}),
        ("a@b@example.org", {Finding.ADDRESS: "b@example.org"}),
        ("vraag naar   Jan de Vries", {Finding.SURNAME: "Jan de Vries"}),
        ("Bel:" + " " * 20 + "Jan Vries", {Finding.SURNAME: "Jan Vries"}),
        ("Buurthuis De Linde", {}),
        ("een label Jan Vries", {}),
        ("deze kolabel" + " " * 37 + "Jan Vries", {}),
        ("de deur @ de tuin", {}),
        (
            "mail anna punt de-vries apenstaartje example punt org",
            {Finding.ADDRESS: "anna punt de-vries apenstaartje example punt org"},
        ),
        (
            "write to anna dot v at example dot org",
            {Finding.ADDRESS: "anna dot v at example dot org"},
        ),
        ("dot the i at the end", {}),
        ("Toegangscode 4589#", {Finding.CODE: "Toegangscode 4589"}),
        ("de code van de voordeur is 2580", {Finding.CODE: "code van de voordeur is 2580"}),
        ("Gate code: #1234", {Finding.CODE: "Gate code: #1234"}),
        ("Zoom code: 123456", {}),
        ("Postcode 1012", {}),
        ("Vraag de deurcode aan de receptie", {}),
    ],
)
def test_an_address_or_a_surname_is_found(text: str, found: dict[Finding, str]):
    assert personal_in(text) == found


@pytest.mark.parametrize(
    "part",
    [
        "A",
        "a@",
        "a.",
        "Aa ",
        "Aa Bbb ",
        "Aa van der ",
        "Aa Bbb" + " " * 9,
        "a punt ",
        "a at b ",
        "deurcode ",
        "0 een ",
    ],
)
def test_a_long_text_takes_no_longer_than_it_is_long(part: str):
    text = part * (60_000 // len(part))
    begun = time.process_time()

    assert personal_in(text) == {}

    assert time.process_time() - begun < SECONDS
