"""What is private waits; the rest of a text is shown, and few innocent words wait with it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.personal_text import Finding
from app.formats.lists.private_text import parted
from app.formats.phone import findings_in


@pytest.mark.parametrize(
    ("text", "shown", "finding"),
    [
        ("Koffie om zeven. Bel Jan 06-12345678 voor de code.", "Koffie om zeven.", Finding.PHONE),
        ("Welkom.\nJan\n06 12 34 56 78\nTot dan.", "Welkom.\nTot dan.", Finding.SURNAME),
        ("Tel. 06-12345678. Ingang achterom.", "Ingang achterom.", Finding.PHONE),
        ("Mail naar jan.p@example.org. Tot dan!", "Tot dan!", Finding.ADDRESS),
        ("jan (at) example (dot) org", "", Finding.ADDRESS),
        ("Bijdrage: PayPal: janpaypal99", "", Finding.HANDLE),
        ("Give @sample-venmo thanks", "", Finding.HANDLE),
        ("NL91 ABNA 0417 1643 00", "", Finding.HANDLE),
        ("Open deur. Vraag naar Jan de Vries.", "Open deur.", Finding.SURNAME),
        ("Achterom, bij fam. De Vries.", "", Finding.SURNAME),
        ("Bel +49 30 901820", "", Finding.PHONE),
        ("Tel: nul-zes-een-twee-drie-vier-vijf-zes-zeven-acht", "", Finding.PHONE),
        ("Koffie om zeven.\n06 twaalf 34 56 78 90", "Koffie om zeven.", Finding.PHONE),
        ("Call zero two zero six two four eight", "", Finding.PHONE),
        ("Welkom. De deurcode is 2580.", "Welkom.", Finding.CODE),
    ],
)
def test_a_sentence_with_something_private_is_held_back(text: str, shown: str, finding: Finding):
    public, held = parted("description", text, ("NL",))

    assert public == shown
    assert finding in {one.finding for one in held}


def test_of_a_name_only_the_part_with_the_number_goes():
    assert parted("name", "Groep Oost (bel Jan 06-12345678)", ("NL",))[0] == "Groep Oost"
    assert parted("street", "Kade 1, tel. 0612345678", ("NL",))[0] == "Kade 1"


@pytest.mark.parametrize(
    "text",
    [
        "Narcotics Anonymous, vlak bij Centraal Station.",
        "Wij lezen uit Alcoholics Anonymous met Big Book.",
        "Van 19.30 tot 21.00, elke 7 dagen; vanaf 12-01-2026.",
        "Geen meeting op 24-12-2026 en 31-12-2026.",
        "Hulplijn: 0800 1234 of 0900-1234567.",
        "Zoom ID: 403-811-5554 Password: 0000",
        "Meeting ID 811 2345 6789",
        "1015 KD Amsterdam, bij Buurthuis De Linde",
        "Kom met Bus 22 naar Oud West",
        "Stap 4 en 5, jaargang 2019-2020",
        "Stap een, twee, drie, vier, vijf, zes, zeven",
        "Van nul tot twaalf, om tien voor half acht, twee keer per jaar.",
    ],
)
def test_what_is_nobodys_is_shown(text: str):
    assert parted("description", text, ("NL",)) == (text, ())


def test_a_number_to_dial_in_belongs_where_calls_are_joined():
    text = "Inbellen: +31 20 794 0854, code 1234. Of bel Jan op 06-12345678."

    public, held = parted("join_notes", text, ("NL",))

    assert public == "Inbellen: +31 20 794 0854, code 1234."
    assert [one.words for one in held] == ["Of bel Jan op 06-12345678."]


PIECES = (
    "Bel", "bel", "vraag naar", "met", "Jan", "jan", "de Vries", "Vries", "dhr.", "Dhr", "fam.", "Mevr.", "J.", "Mw",
    "06", "12345678", "06-12 34 56 78", "+49 30 901820", "(020)", "jan", "@", "oost", "example.org", "(at)", "[ AT ]",
    "{apenstaartje}", "(punt)", "org", "$jan99", "@oost", "PayPal", "paypal.me/jan99", "T.ME/janvries", "whatsapp", ":", "=",
    "NL91 ABNA 0417 1643 00", "GB82", "WEST", "Zaal", "achterom", "3", "de", "De Linde", "Station", "¿", "É", "Élise", "Ünal",
)  # fmt: skip


@settings(max_examples=2_000)
@given(st.lists(st.sampled_from(PIECES), max_size=7), st.sampled_from((" ", "", ", ", ".", "\t")))
def test_whatever_is_found_in_a_text_is_held_back_of_it(pieces: list[str], between: str):
    text = between.join(pieces).strip()

    _, held = parted("description", text, ("NL",))

    assert bool(findings_in(text)) <= bool(held)
