"""Every sentence is there in English, and what is shipped is what is written."""

import ast
import io
import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po

from app.domain.feeds.appointment import WORDED
from app.formats.wording import DESKS, LANGUAGES, known, translations
from assets.catalogues import KEYWORDS, owed, said_to_readers
from assets.catalogues import sentences as every_sentence
from tests.source import APP, modules

TRANSLATED = [language for language in LANGUAGES if language != "nl"]
"""Dutch is what the code says."""
NAMED = re.compile(r"%\(\w+\)[sd]|\{\w+\}")


@pytest.fixture(scope="module")
def sentences() -> Catalog:
    """Every sentence in the code and the templates."""
    return every_sentence()


def catalogue(language: str, ending: str) -> Path:
    return APP / "translations" / language / "LC_MESSAGES" / f"messages.{ending}"


def read(language: str) -> Catalog:
    with catalogue(language, "po").open("rb") as file:
        return read_po(file, locale=language)


def test_the_sentences_of_code_templates_and_words_are_found(sentences: Catalog):
    assert "Vind een groep" in sentences
    assert "in oprichting" in sentences
    assert "Niet gevonden" in sentences


def test_no_sentence_hides_from_the_extraction_behind_another_name():
    hidden = [
        (module.name, alias.name, alias.asname)
        for module in modules()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ImportFrom) and node.module == "flask_babel"
        for alias in node.names
        if "gettext" in alias.name and (alias.asname or alias.name) not in KEYWORDS
    ]

    assert hidden == []


@pytest.mark.parametrize(
    "language",
    ["en", *(pytest.param(one, marks=pytest.mark.long) for one in TRANSLATED if one != "en")],
)
def test_every_sentence_is_translated(sentences: Catalog, language: str):
    translated = read(language)

    missing = [
        (message.id, message.locations[:1])
        for message in owed(language, sentences)
        if message.id
        and not (message.id in translated and all(_strings(translated[message.id].string)))
    ]

    assert missing == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_translation_is_a_guess(language: str):
    assert [message.id for message in read(language) if message.id and message.fuzzy] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_sentence_is_translated_that_nobody_says_any_more(sentences: Catalog, language: str):
    said, still = (
        {message.id for message in read(language) if message.id},
        owed(language, sentences),
    )

    assert [one for one in said if one not in still] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_names_the_same_values(language: str):
    wrong = [
        message.id
        for message in read(language)
        if message.id
        for string in _strings(message.string)
        if string and not _names_as_much(string, message.id)
    ]

    assert wrong == []


def _names_as_much(string: str, source: str | tuple[str, ...]) -> bool:
    """A form that is of one number, or two, may say it in words: Arabic does."""
    said, meant = set(NAMED.findall(string)), set(NAMED.findall("".join(_strings(source))))
    if isinstance(source, str):
        return said == meant
    return said <= meant and meant - said <= {"%(num)s", "%(max)d"}


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_has_every_form_that_its_language_counts_in(language: str):
    forms = {Catalog(locale=language).num_plurals}

    for message in read(language):
        if isinstance(message.id, tuple):
            assert {len(_strings(message.string))} == forms, message.id


READERS = [language for language in LANGUAGES if language not in DESKS]


def test_readers_meet_what_is_said_to_them_and_not_what_desks_say(sentences: Catalog):
    theirs = owed("de", sentences)

    for said in ("Vind een groep", "Je hebt een plek", "Bericht over je plek", "Er is plek."):
        assert said in theirs
    for said in ("Passkey gemaakt", "Al uitgenodigd"):
        assert said not in theirs
    assert len(theirs) < len(sentences) * 0.6


def test_every_file_of_readers_rooms_is_read_for_their_catalogues():
    rooms = [
        file.relative_to(APP).as_posix()
        for folder in ("templates/public", "templates/by_link")
        for file in (APP / folder).rglob("*.html")
    ]

    assert set(rooms) <= {file for file, lines in said_to_readers().items() if lines is None}


@pytest.mark.parametrize("language", READERS)
def test_what_a_language_does_not_say_is_said_in_english(language: str):
    of_desks = "Passkey gemaakt"

    assert of_desks not in read(language)
    assert translations(language).gettext(of_desks) == translations("en").gettext(of_desks)


@pytest.mark.parametrize("language", TRANSLATED)
def test_the_compiled_catalogue_is_the_written_one(language: str):
    compiled = io.BytesIO()
    write_mo(compiled, read(language))
    compiled.seek(0)
    with catalogue(language, "mo").open("rb") as file:
        shipped = read_mo(file)

    assert _pairs(shipped) == _pairs(read_mo(compiled))


def _strings(text: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


def _pairs(found: Catalog) -> dict:
    return {_strings(one.id): _strings(one.string) for one in found if one.id}


def test_no_sentence_escapes_the_search_by_the_way_it_is_asked_for():
    """`gettext_in(language)("…")` is called by no name that the search for sentences knows."""
    escaped = [
        f"{module.file.name}:{node.lineno}"
        for module in modules()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Call)
        and any(
            isinstance(given, ast.Constant) and isinstance(given.value, str) for given in node.args
        )
        and isinstance(node.func.func, ast.Name)
        and "gettext" in node.func.func.id
    ]

    assert escaped == []


def test_no_sentence_stands_in_an_f_string():
    """Python 3.11 gives an f-string as one token: the search for sentences does not look inside."""
    inside = [
        f"{module.file.name}:{call.lineno}"
        for module in modules()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.JoinedStr)
        for call in ast.walk(node)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id in KEYWORDS
        and any(isinstance(one, ast.Constant) and isinstance(one.value, str) for one in call.args)
    ]

    assert inside == []


def test_a_feed_counts_as_worded_what_the_words_are_in():
    assert set(WORDED) == set(LANGUAGES)
    assert known("fy") == WORDED[0]
