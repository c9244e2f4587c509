"""Every sentence is there in English, and what is shipped is what is written."""

import ast
import io
import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po

from app.formats.wording import LANGUAGES
from tests.source import APP, ROOT, modules

TRANSLATED = [language for language in LANGUAGES if language != "nl"]
"""Dutch is what the code says."""
KEYWORDS = DEFAULT_KEYWORDS | {
    "N_": None, "gettext": None, "lazy_gettext": None, "lazy_ngettext": (1, 2)
}  # fmt: skip
"""As the Makefile's `translations` asks for."""
NAMED = re.compile(r"%\(\w+\)[sd]")


@pytest.fixture(scope="module")
def sentences() -> Catalog:
    """Every sentence in the code and the templates."""
    with (ROOT / "babel.cfg").open() as file:
        methods, options = parse_mapping_cfg(file)
    found = Catalog()
    for name, line, message, comments, context in extract_from_dir(
        APP, methods, {pattern: given | {"silent": "false"} for pattern, given in options.items()},
        KEYWORDS,
    ):  # fmt: skip
        found.add(message, None, [(name, line)], auto_comments=comments, context=context)
    return found


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


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_sentence_is_translated(sentences: Catalog, language: str):
    translated = read(language)

    missing = [
        (message.id, message.locations[:1])
        for message in sentences
        if message.id
        and not (message.id in translated and all(_strings(translated[message.id].string)))
    ]

    assert missing == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_translation_is_a_guess(language: str):
    assert [message.id for message in read(language) if message.id and message.fuzzy] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_sentence_is_translated_that_nobody_says_any_more(sentences: Catalog, language: str):
    said = [message.id for message in read(language) if message.id]

    assert [one for one in said if one not in sentences] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_names_the_same_values(language: str):
    wrong = [
        message.id
        for message in read(language)
        if message.id
        for string in _strings(message.string)
        if set(NAMED.findall(string)) != set(NAMED.findall("".join(_strings(message.id))))
    ]

    assert wrong == []


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
