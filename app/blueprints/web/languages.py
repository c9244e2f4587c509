"""The reader's language: `?lang=`, then a cookie, then Accept-Language, then Dutch.

Readers' rooms speak all languages, desks Dutch and English: each page says which of its own.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any
from urllib.parse import quote, urlencode

from babel import Locale
from babel.support import NullTranslations
from flask import Flask, Response, current_app, g, has_request_context, request
from flask_babel import Babel, Domain
from jinja2 import pass_context
from jinja2.runtime import Context
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

from app.formats.figures import amount
from app.formats.wording import DESKS, LANGUAGES, READ_BY_NATIVES, translations

YEAR = 365 * 24 * 3600
_RIGHT_TO_LEFT_MARK = "\N{RIGHT-TO-LEFT MARK}"
MOST_SENTENCES = 4096
"""Of templates, kept in each language as they are written into a page."""
_READERS_ROOMS = ("app.blueprints.public.", "app.blueprints.by_link.")

OWN_NAMES = {
    "nl": "Nederlands", "en": "English", "de": "Deutsch", "fr": "Français", "pl": "Polski",
    "tr": "Türkçe", "uk": "Українська", "ar": "العربية",
}  # fmt: skip
"""What speakers call their language. Babel knows it too, and would take in eight languages whole for it, 8 MB."""


class _Sentences(Domain):
    """Sentences that count write thousands as the reader does: `1.500 groepen`."""

    def get_translations(self) -> NullTranslations:
        """Return the catalogue that letters and paper are worded from too."""
        return translations(current())

    def gettext(self, string: str, **variables: Any) -> str:
        return gettext(string, **variables)

    def ngettext(self, singular: str, plural: str, num: int, **variables: Any) -> str:
        sentence = self.get_translations().ngettext(singular, plural, num)
        return sentence % ({"num": amount(num, current())} | variables)


def current() -> str:
    """Return the reader's language, one of LANGUAGES; outside of any request Dutch.

    A page asks it a hundred times and more: it is found once for each request.
    """
    try:
        language: str = g.language
    except (AttributeError, RuntimeError):  # not found yet, or no context to keep it in
        language = _choose() if has_request_context() else "nl"
        if g:
            g.language = language
    return language


def gettext(sentence: str, **values: Any) -> str:
    """Return a sentence for the reader, as Flask-Babel's own does at a third of the price.

    Lines of many groups say hundreds.
    """
    said: str = translations(current()).gettext(sentence)
    return said % values if values else said


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Let a part of a request be in another language than its reader's."""
    before, g.language = current(), language
    try:
        yield
    finally:
        g.language = before


def attach(app: Flask) -> None:
    babel = Babel(app, locale_selector=_choose)  # type: ignore[no-untyped-call]  # its __init__ says nothing
    babel.domain_instance = _Sentences()  # type: ignore[no-untyped-call]
    app.jinja_env.globals["_"] = _said_once(app.jinja_env.globals["gettext"])
    app.jinja_env.globals["ngettext"] = _counting(app.jinja_env.globals["ngettext"])
    app.after_request(_remember)

    app.jinja_env.filters["own_name"] = OWN_NAMES.__getitem__
    app.jinja_env.globals["typed_in"] = _typed_in
    app.jinja_env.filters["apart"] = _apart

    @app.context_processor
    def language_values() -> dict[str, Any]:
        language = current()
        return {
            "language": language,
            "direction": _direction(language),
            "languages_href": _same_page_in_each(),
            "found_at": _addresses_for_robots(),
            "is_unread": language not in READ_BY_NATIVES,
            "operator_address": _operator_address(language),
        }


@cache
def _direction(language: str) -> str:
    return Locale(language).text_direction


def _apart(text: str) -> str:
    """Return pieces with a dot between each so that they keep their order on any page.

    Where a page runs from right to left, names in our letters would run on as one, the other way.
    """
    is_turned = _direction(current()) == "rtl"
    return text.replace("· ", f"·{_RIGHT_TO_LEFT_MARK} ") if is_turned else text


def _typed_in(language: str = "") -> dict[str, str | None]:
    """Return attributes, for `xmlattr`, of what a person typed: never translated, only marked.

    Its language when that is said and not the page's (WCAG 3.1.2); its direction, where the page
    runs the other way.
    """
    is_turned = _direction(current()) == "rtl" or language in ("ar", "fa", "he", "ur")
    return {
        "lang": language if language and language != current() else None,
        "dir": "auto" if is_turned else None,
    }


def _operator_address(language: str) -> str:
    """Return where a sentence is mended: a mail to who keeps this installation. Nothing is kept here.

    Its subject names the language and no page: who reads along in a mailbox learns no group (T9).
    """
    subject = quote(f"Twaalf ({language})")
    return f"mailto:{current_app.config['TWAALF_MAIL_SENDER']}?subject={subject}"


def _said_once(gettext: Any) -> Any:
    """Return the templates' own `_`, which writes a sentence without values once for each language."""
    kept: dict[tuple[str, str], Any] = {}

    @pass_context
    def said(context: Context, sentence: str, **values: Any) -> Any:
        if values:
            return gettext(context, sentence, **values)
        key = current(), sentence
        found = kept.get(key)
        if found is None:
            if len(kept) >= MOST_SENTENCES:
                kept.clear()
            found = kept[key] = gettext(context, sentence)
        return found

    return said


def _counting(ngettext: Any) -> Any:
    """Return the templates' own `ngettext`, which Flask-Babel's domain is not asked for."""

    @pass_context
    def counting(context: Context, one: str, many: str, num: int, **variables: Any) -> Any:
        written = {"num": amount(num, current())} | variables
        return ngettext(context, one, many, num, **written)

    return counting


def preferred(accept_language: str) -> str:
    """Return what a reader's browser asks for by itself, one of LANGUAGES."""
    return _best(accept_language, LANGUAGES)


def _best(accept_language: str, among: tuple[str, ...]) -> str:
    asked = parse_accept_header(accept_language, LanguageAccept)
    return asked.best_match(among, "nl") or "nl"


def _choose() -> str:
    among = _spoken_here()
    for wanted in (request.args.get("lang"), request.cookies.get(_cookie())):
        if wanted in among:
            return str(wanted)
    return _best(request.headers.get("Accept-Language", ""), among)


def _spoken_here() -> tuple[str, ...]:
    """Return the languages of the page that is asked for, by the room it stands in.

    A page that is not there belongs to readers.
    """
    blueprint = current_app.blueprints.get(request.blueprint or "")
    if blueprint is None or blueprint.import_name.startswith(_READERS_ROOMS):
        return LANGUAGES
    return DESKS


def _remember(response: Response) -> Response:
    wanted = request.args.get("lang")
    if (
        wanted in _spoken_here()
        and request.cookies.get(_cookie()) != wanted
        and response.status_code == 200
        and response.mimetype == "text/html"  # a feed sets no cookie
        and not g.get("may_be_framed")  # nor does what stands in another site's page
    ):
        response.set_cookie(
            _cookie(),
            wanted,
            max_age=YEAR,
            samesite="Lax",
            secure=current_app.config["SESSION_COOKIE_SECURE"],
            httponly=True,
        )
    return response


def _cookie() -> str:
    """Return the cookie's name: over https one that no other host of the domain can set."""
    return "__Host-lang" if current_app.config["SESSION_COOKIE_SECURE"] else "lang"


def _addresses_for_robots() -> dict[str, str]:
    """Return where search engines find this page in each language; Dutch at the address itself.

    Only of a page for everyone that is not an answer to a question, or somebody's own.
    """
    blueprint = current_app.blueprints.get(request.blueprint or "")
    is_for_all = blueprint is not None and blueprint.import_name.startswith(_READERS_ROOMS[0])
    if not is_for_all or {*request.args} - {"lang"} or {*(request.view_args or {})} - {"slug"}:
        return {}
    address = current_app.config["TWAALF_PUBLIC_URL"] + quote(request.path)
    return {code: address if code == "nl" else f"{address}?lang={code}" for code in LANGUAGES}


def _same_page_in_each() -> dict[str, str]:
    args = request.args.to_dict(flat=False)
    return {
        language: f"{quote(request.path)}?{urlencode(args | {'lang': [language]}, doseq=True)}"
        for language in _spoken_here()
    }
