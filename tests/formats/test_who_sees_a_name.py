"""One sentence says who sees a name; no other says it otherwise, in either language."""

import re
from pathlib import Path

from babel.messages.pofile import read_po

import app
from app.formats.who_sees import WHO_SEES_A_NAME, who_sees_a_name

FOLDER = Path(app.__file__).parent
ABOUT_A_NAME = re.compile(
    r"(ziet|zien|leest)\b.{0,50}\bje naam\b|\b[Jj]e naam\b.{0,50}(ziet|zien|leest)\b"
)
OF_OTHERS = {
    # Somebody who asks a fellowship for a group, a coordinator or a contact person, who coaches.
    (
        "Je naam, je mailadres en wat je schrijft, staan versleuteld. De organisatie ziet je naam "
        "en wat je schrijft, nooit je mailadres."
    ),
    "Alleen wie bij %(name)s over nieuwe groepen gaat, leest je vraag en je naam.",
    "Deze naam zien de andere coördinatoren en de organisatie. Je voornaam is genoeg.",
    "Je kiest zelf de naam die anderen van je zien.",
    "Ik wil dit voor iemand zijn. Wie zoekt, ziet mijn naam.",
}
USES = (
    "templates/parts/seat_form/_fields.html",
    "templates/by_link/seats/show.html",
    "templates/public/pages/privacy.html",
    "templates/letters/seat_given.txt",
)


def test_no_other_sentence_says_who_sees_the_name_of_a_participant():
    with (FOLDER / "translations/en/LC_MESSAGES/messages.po").open("rb") as file:
        sentences = {str(one.id) for one in read_po(file) if one.id}

    about = {one for one in sentences if ABOUT_A_NAME.search(" ".join(one.split()))}

    assert WHO_SEES_A_NAME in about
    assert about - OF_OTHERS - {WHO_SEES_A_NAME} == set()


def test_form_page_privacy_and_letter_say_it_with_the_same_words():
    for file in USES:
        assert "who_sees_a_name()" in (FOLDER / file).read_text()
    assert who_sees_a_name("nl") == WHO_SEES_A_NAME
    assert who_sees_a_name("en") != WHO_SEES_A_NAME
