"""What holds of every page: the test client reads each one that any test fetches, and says what is wrong."""

import gzip
import json
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import Any

import brotli
from babel.messages.catalog import Message
from babel.messages.pofile import read_po
from flask import Flask
from flask.testing import FlaskClient
from lxml import etree
from werkzeug.exceptions import HTTPException
from werkzeug.test import TestResponse
from werkzeug.wrappers import Request

from app.formats.wording import DESKS, LANGUAGES
from tests.source import APP

TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)\b[^>]*?(/?)>")
NOT_A_TAG = re.compile(r"<!--.*?-->|<script\b.*?</script>|<textarea\b.*?</textarea>", re.DOTALL)
CLOSES_ITSELF = {
    "area", "br", "col", "hr", "img", "input", "link", "meta", "source", "track", "wbr",
}  # fmt: skip
WORD = re.compile(r"[\w’]+")
NEEDS_NO_LABEL = {"hidden", "submit", "button", "reset", "image"}
SAYS = ("title", "alt", "aria-label", "placeholder", "content")
REFERS = ("for", "aria-labelledby", "aria-describedby", "aria-controls", "list", "form", "headers")


class ReadingClient(FlaskClient):
    """A test client that lets no page pass that is wrong."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        response = super().open(*args, **kwargs)
        if response.mimetype == "text/html" and not 300 <= response.status_code < 400:
            body = response.data
            if response.content_encoding == "gzip":
                body = gzip.decompress(body)
            elif response.content_encoding == "br" and body:
                body = brotli.decompress(body)
            wrong = faults(body.decode(), asked_for(response.request, self.application))
            assert not wrong, f"{response.request.path} is wrong:\n" + "\n".join(wrong)
        return response


def asked_for(request: Request, app: Flask) -> str | None:
    """Return the language that a page must have: asked, remembered, preferred, or Dutch.

    None for a list on another site that did not ask: that one speaks as its fellowship does.
    """
    try:
        asked = request.args.get("lang")
    except UnicodeDecodeError:  # bytes that nobody types
        return None
    if request.path.startswith("/embed/") and asked is None:
        return None
    spoken = spoken_at(request, app)
    for wanted in (asked, *map(request.cookies.get, ("__Host-lang", "lang"))):
        if wanted in spoken:
            return str(wanted)
    return request.accept_languages.best_match(spoken, "nl") or "nl"


def spoken_at(request: Request, app: Flask) -> tuple[str, ...]:
    """Return the languages of a page: of desks two; of what readers come to, or is not there, all."""
    try:
        endpoint, _ = app.url_map.bind("").match(request.path, request.method)
    except HTTPException:  # a redirect too
        return LANGUAGES
    room = app.view_functions[endpoint].__module__
    return (
        LANGUAGES if room.startswith(("app.blueprints.public", "app.blueprints.by_link")) else DESKS
    )


def faults(text: str, language: str | None) -> list[str]:
    """Return what is wrong with a page that should be in this language (None: any), a sentence each."""
    if not text:
        return []
    parser = etree.HTMLParser(encoding="utf-8")
    page = etree.fromstring(text.encode(), parser)
    return [
        *(f"{error.line}: {error.message}" for error in parser.error_log),
        *_never_closed(text),
        *_wrong_head(page, (language,) if language else LANGUAGES),
        *_wrong_ids(page),
        *_without_label(page),
        *_inline(page),
        *(_not_translated(page) if page.get("lang") in LANGUAGES[1:] else ()),
    ]


def _never_closed(text: str) -> Iterator[str]:
    opened: Counter[str] = Counter()
    for closing, tag, at_once in TAG.findall(NOT_A_TAG.sub("", text)):
        if not at_once and tag not in CLOSES_ITSELF:
            opened[tag] += -1 if closing else 1
    yield from (f"<{tag}> is opened and closed {more:+d}" for tag, more in opened.items() if more)


def _wrong_head(page: etree._Element, languages: tuple[str, ...]) -> Iterator[str]:
    if page.get("lang") not in languages:
        yield f"lang is {page.get('lang')!r}, not {' or '.join(languages)}"
    for path in ("//h1", "/html/head/title", "//main"):
        if len(page.xpath(path)) != 1:
            yield f"{len(page.xpath(path))} times {path}"
    yield from (
        f"nothing said: {_shown(one)}"
        for one in page.xpath("//h1 | /html/head/title | //button | //a[@href] | //label")
        if not _name_of(one)
    )
    yield from (f"no alt: {_shown(one)}" for one in page.xpath("//img[not(@alt)]"))


def _wrong_ids(page: etree._Element) -> Iterator[str]:
    known = Counter(page.xpath("//@id"))
    yield from (f"id {name!r} stands {many} times" for name, many in known.items() if many > 1)
    for attribute in REFERS:
        for value in page.xpath(f"//@{attribute}"):
            yield from (f"no id {name!r}" for name in value.split() if name not in known)


def _without_label(page: etree._Element) -> Iterator[str]:
    labelled = set(page.xpath("//label/@for"))
    for field in page.xpath("//input | //select | //textarea"):
        has_label = (
            field.get("type") in NEEDS_NO_LABEL
            or field.get("id") in labelled
            or field.get("aria-label")
            or field.get("aria-labelledby")
            or next(field.iterancestors("label"), None) is not None
        )
        if not has_label:
            yield f"no label: {_shown(field)}"


def _inline(page: etree._Element) -> Iterator[str]:
    # A data block is never run: HTML 4.12.1.1.
    found = page.xpath(
        "//style | //@style/.. | //script[not(@src)][not(@type='application/ld+json')]"
        " | //@*[starts-with(name(), 'on')]/.."
    )
    yield from (f"inline: {_shown(one)}" for one in found)
    for one in page.xpath("//script[@type='application/ld+json']"):
        json.loads(one.text)


def _not_translated(page: etree._Element) -> Iterator[str]:
    """Look for each Dutch sentence of the catalogue, whole or between its values."""
    alone, long = _dutch(page.get("lang"))
    for said in _said(page, page.get("lang")):
        words = tuple(WORD.findall(said))
        stands = words in alone or any(
            words[at : at + len(piece)] == piece
            for at in range(len(words) - 2)
            for piece in long.get(words[at : at + 3], ())
        )
        if stands:
            yield f"not translated: {said}"


def _said(element: etree._Element, language: str | None) -> Iterator[str]:
    """Yield what an element says in its page's language, not what it cites in another."""
    if not isinstance(element.tag, str) or element.tag == "script":
        return
    if element.get("lang") in (None, language):
        values = [element.get(name) for name in SAYS]
        for value in (element.text, *values):
            if value and value.strip():
                yield " ".join(value.split())
        for child in element:
            yield from _said(child, language)
            if child.tail and child.tail.strip():
                yield " ".join(child.tail.split())


Words = tuple[str, ...]


@cache
def _dutch(language: str) -> tuple[set[Words], dict[Words, list[Words]]]:
    """Return texts that are Dutch and not this language's, and the longer ones by their first three words."""
    catalogue = _catalogue("en")
    dutch = {piece for message in catalogue for piece in _pieces(message.id)}
    for spoken in {"en", language}:
        dutch -= {piece for message in _catalogue(spoken) for piece in _pieces(message.string)}
    long: dict[Words, list[Words]] = {}
    for piece in dutch:
        if len(piece) > 3:
            long.setdefault(piece[:3], []).append(piece)
    return {piece for piece in dutch if len("".join(piece)) > 4}, long


def _catalogue(language: str) -> list[Message]:
    with (APP / "translations" / language / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return [message for message in read_po(file) if message.id]


def _pieces(text: str | tuple[str, ...] | list[str]) -> Iterator[Words]:
    """Yield the words that stand between the values and the tags of a sentence."""
    for one in (text,) if isinstance(text, str) else text:
        for piece in re.split(r"%\(\w+\)[sd]|<[^>]+>", one.replace("%%", "%")):
            yield tuple(WORD.findall(piece))


def _name_of(element: etree._Element) -> str:
    said = "".join(element.itertext()) + (element.get("aria-label") or "")
    return said.strip() or "".join(element.xpath(".//img/@alt | .//svg/@aria-label"))


def _shown(element: etree._Element) -> str:
    return etree.tostring(element, encoding="unicode", method="html", with_tail=False)[:160]
