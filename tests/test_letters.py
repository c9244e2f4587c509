"""The letters of pages: each file has what names are written with, and nothing that no page asks of it."""

import pytest
from fontTools.ttLib import TTFont

from assets.letters import FOLDER, asked_of

NAMES = "Zoë Curaçao ’s-Gravenhage Şükrü Ibrahim Işık Ğ Łukasz Żółć Gdańsk Święty Čapek Őry Ștefan"


@pytest.mark.parametrize("weight", [400, 700])
def test_dutch_turkish_and_polish_names_are_set_in_our_letters(weight: int):
    drawn: set[int] = set()
    for part in ("latin", "latin-ext"):
        name = f"atkinson-hyperlegible-{part}-{weight}-normal.woff2"
        drawn |= set(TTFont(FOLDER / name).getBestCmap()) & asked_of(name)

    assert {letter for letter in NAMES if ord(letter) not in drawn} == set()


@pytest.mark.parametrize("file", sorted(FOLDER.glob("*normal.woff2")), ids=lambda file: file.stem)
def test_a_file_has_no_letter_that_no_page_asks_of_it(file):
    assert set(TTFont(file).getBestCmap()) - asked_of(file.name) == set()
