"""Printed lists and posters: what stands on the paper, and how it is tagged."""

import re
from dataclasses import replace
from datetime import date, time
from runpy import run_path
from typing import Any

import pytest

from app.domain.deviation import Deviation
from app.domain.listing import Audience, Feature, Listing, Subject
from app.domain.meeting import Status
from app.domain.place import Kind, Place, Visibility
from app.domain.seating import Availability
from app.domain.slot import Slot
from app.formats.printed.sheets import (
    Form,
    Order,
    PrintedList,
    poster_in_words,
    sides,
    write_list,
    write_poster,
)
from app.formats.printed.typesetting import breakable
from tests.formats.calendars import HARBOUR, LINDE, OOST, STAY_CLEAN, WEEK, schedule
from tests.formats.sheets import Sheet
from tests.source import ROOT

pytestmark = pytest.mark.long

TODAY = WEEK.monday
AS_TYPED = [
    "#set text(red)",
    "$x^2$ @noor *vet* _schuin_ <b>",
    "\\ back `slash` // geen commentaar /* ook niet */",
    "= Geen kop - geen lijst + geen nummer",
    "https://example.org/~a?b=c&d=e#f",
    'Quote "dubbel" en ’enkel’ -- en ---',
    "Łódź Ștefan Suwâld İstanbul Київ",
    "Samen sterk 🙂 ❤",
    "ተስፋ ቡድን ።",
    "希望互助小组，一起走。",
    "華人戒賭互助會",
]


def listing(name: str = "Oost", slot: Slot | None = OOST, **more: Any) -> Listing:
    deviations = more.pop("deviations", ())
    status = more.pop("status", Status.ACTIVE)
    values: dict[str, Any] = {
        "slug": "oost",
        "fellowship": STAY_CLEAN,
        "town": "Amsterdam",
        "confirmed_on": date(2026, 11, 12),
    }
    plan = schedule(slot, deviations, status=status)
    return Listing(name=name, schedule=plan, **(values | more))


def printed(*listings: Listing, form: Form = Form.A4, **more: Any) -> Sheet:
    return Sheet(write_list(words(*listings, **more), form))


def words(*listings: Listing, **more: Any) -> dict[str, Any]:
    values: dict[str, Any] = {
        "title": "Groepen in Amsterdam, op maandag",
        "site": "https://groepen.example",
        "source": "https://groepen.example/?near=Amsterdam&day=1",
        "today": TODAY,
        "language": "nl",
    }
    return PrintedList(listings, **(values | more)).words()


def poster(one: Listing) -> Sheet:
    address = f"https://groepen.example/groups/{one.slug}"
    return Sheet(write_poster(poster_in_words(one, address=address, today=TODAY)))


@pytest.mark.parametrize("form", [Form.A4, Form.A5])
def test_a_list_is_tagged_and_says_its_title_and_language(form: Form):
    sheet = printed(listing(), form=form)

    root = sheet.pdf.Root
    assert "/StructTreeRoot" in root
    assert root.MarkInfo.Marked
    assert str(root.Lang) == "nl"
    assert root.ViewerPreferences.DisplayDocTitle
    with sheet.pdf.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["dc:title"] == "Groepen in Amsterdam, op maandag"


def test_a_list_by_day_is_read_in_the_order_of_the_week():
    sunday = replace(OOST, weekday=7, start=time(11))
    early = replace(OOST, start=time(9, 5))

    sheet = printed(listing("Zondag", sunday), listing("Laat"), listing("Vroeg", early))

    assert sheet.headings() == [
        ("H1", "Groepen in Amsterdam, op maandag"),
        ("H2", "Maandag"),
        ("H3", "09.05 Vroeg"),
        ("H3", "19.30 Laat"),
        ("H2", "Zondag"),
        ("H3", "11.00 Zondag"),
    ]


def test_a_list_by_place_puts_den_bosch_under_the_h_and_online_last():
    def at(town: str, kind: Kind = Kind.BUILDING) -> Slot:
        return replace(OOST, place=replace(LINDE, town=town, kind=kind))

    groups = [
        listing("A", at("", Kind.ONLINE)),
        listing("B", at("Zwolle")),
        listing("C", at("’s-Hertogenbosch")),
        listing("D", at("Assen")),
    ]

    headings = printed(*groups, order=Order.PLACE).headings()

    assert [title for tag, title in headings if tag == "H2"] == [
        "Assen",
        "’s-Hertogenbosch",
        "Zwolle",
        "Online",
    ]
    assert headings[2] == ("H3", "ma 19.30 D")


@pytest.mark.parametrize("text", AS_TYPED)
def test_what_people_typed_is_printed_as_they_typed_it(text: str):
    one = listing(text, replace(OOST, place=replace(LINDE, name=text)))

    assert printed(one, title=text).everything.count(text) == 3
    assert text in poster(one).text


@pytest.mark.parametrize("text", ["שלום חברים", "مجموعة"])
def test_a_name_from_right_to_left_keeps_its_letters(text: str):
    """A page draws them from the left; the order of reading is the reader's program's."""
    found = printed(listing(text)).everything

    assert sorted(text.replace(" ", "")) == sorted(set_of(found, text))


def set_of(found: str, text: str) -> list[str]:
    letters = set(text) - {" "}
    return [letter for letter in found if letter in letters]


def test_the_list_of_what_the_fonts_can_draw_is_theirs():
    listed = (ROOT / "app" / "fonts" / "drawn.txt").read_text("ascii")

    assert listed == run_path(str(ROOT / "assets" / "drawn.py"))["text"]()


def test_a_character_that_no_font_has_is_shown_as_missing():
    assert "▯▯ Oost" in printed(listing("鱻龘 Oost")).text


@pytest.mark.parametrize(
    ("font", "text", "shapes"),
    [
        ("Devanagari", "क्षमा", 3),  # k, virama and ssa are one letter
        ("Devanagari", "स्त्रियों", 6),
        ("Gurmukhi", "ਸ੍ਰੀ", 3),  # the r stands under the s
    ],
)
def test_letters_that_grow_together_are_printed_as_one(font: str, text: str, shapes: int):
    drawn = set(printed(listing(text)).drawn_with(f"NotoSans{font}"))

    assert len(drawn) == shapes < len(text)


def test_a_long_word_is_not_broken_within_a_letter():
    word = "स्वयंसहायतासमूहअंतर्राष्ट्रीयकार्यक्रम"

    parts = breakable(word).split("\u200b")

    assert "".join(parts) == word
    assert parts[:3] == ["स्व", "यं", "स"]
    assert "ष्ट्री" in parts


@pytest.mark.parametrize("form", [Form.A4, Form.A5])
def test_the_longest_name_stays_inside_its_column(form: Form):
    name = "Zelfhulpgroepvoorvolwassenkinderenvanverslaafdeouders" * 2 + "x" * 14

    sheet = printed(listing(name), listing("W" * 120), form=form)

    assert name in sheet.text
    assert sheet.pages == 1


def test_the_same_list_on_the_same_day_is_the_same_file():
    first, second = words(listing()), words(listing())

    for form in Form:
        assert write_list(first, form) == write_list(second, form)
    assert not re.search(rb"/(CreationDate|ModDate|Author)\b", write_list(first))


def test_a_group_is_printed_with_all_that_matters_for_coming():
    one = listing(
        subject=Subject.ALCOHOL,
        audience=Audience.WOMEN,
        is_open=True,
        language="en",
        features=frozenset({Feature.WHEELCHAIR, Feature.HEARING_LOOP}),
        availability=Availability.FULL,
    )

    text = printed(one).text

    for said in (
        "tot 21.30",
        "Stay Clean · alcohol · voor vrouwen · open · Engels · ringleiding · ♿",
        "Buurthuis De Linde, Lindengracht 93, 1015 KD Amsterdam",
        "● vol – wachtlijst",
        "✓ bevestigd op 12 nov",
        "♿ toegankelijk met rolstoel",
    ):
        assert said in text, said


def test_a_hidden_address_is_not_on_paper():
    hidden = replace(OOST, place=LINDE.seen_by_public(Visibility.TOWN))

    assert "Lindengracht" not in printed(listing(slot=hidden)).everything
    assert "Lindengracht" not in poster(listing(slot=hidden)).everything


def test_what_is_different_in_the_coming_weeks_is_said():
    deviations = [
        Deviation(WEEK + 1, cancelled=True, reason="feestdag"),
        Deviation(WEEK + 2, weekday=2, start=time(20)),
        Deviation(WEEK + 3, place=HARBOUR),
        Deviation(WEEK + 9, cancelled=True, reason="te ver weg"),
    ]

    text = printed(listing(deviations=deviations)).text

    assert "! niet op 30 nov (feestdag)" in text
    assert "! di 8 dec 20.00 in plaats van ma 7 dec 19.30" in text
    assert "! op 14 dec ergens anders: Havenkerk, Kade 1, 1019 AA Amsterdam" in text
    assert "te ver weg" not in text


def test_groups_without_a_time_and_for_relatives_have_their_own_headings():
    preparing = listing("Assen", None, status=Status.PREPARING, availability=Availability.PREPARING)

    sheet = printed(listing(), preparing, relatives=[listing("Naasten", slug="naasten")])

    assert [title for tag, title in sheet.headings() if tag == "H2"] == [
        "Maandag",
        "Dag en tijd volgen",
        "Voor familie en vrienden",
    ]
    assert "Naast elkaar genoemd, niet aan elkaar verbonden." in sheet.text


def test_every_page_says_its_number_date_and_source():
    sheet = printed(*(listing(f"Groep {number}") for number in range(60)))

    assert sheet.pages > 2
    for number in range(1, sheet.pages + 1):
        assert f"Bladzijde {number} van {sheet.pages}" in sheet.everything
    assert sheet.everything.count("Lijst van maandag 23 november 2026") == sheet.pages
    source = "Altijd actueel: https://groepen.example/?near=Amsterdam&day=1"
    assert sheet.everything.count(source) == sheet.pages


def test_a_list_is_written_in_english_too():
    sheet = printed(listing(), language="en", title="Groups in Amsterdam")

    assert str(sheet.pdf.Root.Lang) == "en"
    assert ("H2", "Monday") in sheet.headings()
    assert "seat free" in sheet.text
    assert "plek" not in sheet.everything


def test_an_empty_list_says_so():
    assert "Hier vonden we geen groep." in printed().text


@pytest.mark.parametrize(
    ("pages", "sheets"),
    [
        (1, [(None, 1), (None, None)]),
        (4, [(4, 1), (2, 3)]),
        (5, [(None, 1), (2, None), (None, 3), (4, 5)]),
        (8, [(8, 1), (2, 7), (6, 3), (4, 5)]),
    ],
)
def test_a_booklet_is_in_order_once_it_is_folded(pages: int, sheets: list):
    assert sides(pages) == sheets


def test_a_booklet_is_a4_on_its_side_with_two_pages_on_each():
    groups = [listing(f"Groep {number}") for number in range(60)]
    pages = Sheet(write_list(words(*groups), Form.A5)).pages

    booklet = printed(*groups, form=Form.BOOKLET)

    assert booklet.pages == 2 * -(-pages // 4)
    width, height = (float(one) for one in booklet.pdf.pages[0].mediabox[2:])
    assert (round(width), round(height)) == (842, 595)


def test_a_poster_says_when_and_where_on_one_page_with_a_code_that_is_described():
    sheet = poster(listing(subject=Subject.ALCOHOL))

    assert sheet.pages == 1
    assert sheet.headings() == [("H1", "Oost")]
    for said in (
        "Stay Clean · alcohol",
        "Maandag",
        "19.30",
        "Buurthuis De Linde",
        "Kom gerust een keer langs.",
        "groepen.example/groups/oost",
        "bevestigd op donderdag 12 november 2026",
    ):
        assert said in sheet.text, said
    figures = [node for node in sheet._nodes(sheet.pdf.Root.StructTreeRoot) if node.S == "/Figure"]
    assert [str(one.Alt) for one in figures] == [
        "QR-code met het adres groepen.example/groups/oost"
    ]


def test_twelve_strips_bear_the_short_address_and_are_read_aloud_once_at_most():
    sheet = poster(listing())

    assert sheet.everything.count("ma 19.30") == 12
    assert "ma 19.30" not in sheet.text
    assert sheet.everything.count("groepen.example/groups/") == 13


def test_a_poster_names_the_nearest_groups_for_relatives_and_keeps_them_apart():
    beside = [listing("Naasten", slug="naasten")]
    made = poster_in_words(
        listing(), address="https://x.example/groups/oost", today=TODAY, relatives=beside
    )

    text = Sheet(write_poster(made)).text

    assert "Voor familie en vrienden: Naasten (Stay Clean, Amsterdam, ma 19.30)." in text
    assert "Naast elkaar genoemd, niet aan elkaar verbonden." in text


@pytest.mark.parametrize(
    ("one", "said"),
    [
        (listing(status=Status.PAUSED), "Even gestopt"),
        (listing(slot=None, status=Status.PREPARING), "Binnenkort"),
        (listing(slot=None, status=Status.PREPARING), "Locatie volgt"),
        (
            listing(slot=replace(OOST, since=WEEK + 6), status=Status.PREPARING),
            "De eerste bijeenkomst is maandag 4 januari.",
        ),
        (listing(slot=replace(OOST, place=None)), "Locatie volgt"),
        (listing(slot=replace(OOST, weekday=3), language="en"), "Wednesday"),
        (listing(slot=replace(OOST, weekday=3), language="pl"), "Środa"),
        (listing(slot=replace(OOST, weekday=3), language="es"), "You are welcome"),
    ],
)
def test_a_poster_fits_the_state_and_the_language_of_the_group(one: Listing, said: str):
    sheet = poster(one)

    assert said in sheet.text
    assert sheet.pages == 1


def test_a_poster_with_the_longest_names_is_still_one_page():
    place = Place(
        id=9, kind=LINDE.kind, name="B" * 120, street="S" * 120, postcode="1015 KD", town="T" * 60
    )
    one = listing("W" * 120, replace(OOST, place=place), slug="s" * 64)

    assert poster(one).pages == 1
