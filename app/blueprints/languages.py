"""The reader's language: `?lang=`, then a cookie, then Accept-Language, then Dutch."""

from typing import Any
from urllib.parse import quote, urlencode

from flask import Flask, Response, g, request
from flask_babel import Babel, get_locale

from app.formats.wording import LANGUAGES

COOKIE = "lang"
YEAR = 365 * 24 * 3600


def current() -> str:
    """Return the reader's language, one of LANGUAGES."""
    locale = get_locale()
    return locale.language if locale else "nl"


def attach(app: Flask) -> None:
    Babel(app, locale_selector=_choose)
    app.after_request(_remember)

    @app.context_processor
    def language_values() -> dict[str, Any]:
        return {"language": current(), "languages_href": _same_page_in_each()}


def _choose() -> str:
    for wanted in (request.args.get("lang"), request.cookies.get(COOKIE)):
        if wanted in LANGUAGES:
            return str(wanted)
    return request.accept_languages.best_match(LANGUAGES, "nl") or "nl"


def _remember(response: Response) -> Response:
    wanted = request.args.get("lang")
    if (
        wanted in LANGUAGES
        and request.cookies.get(COOKIE) != wanted
        and response.status_code == 200
        and response.mimetype == "text/html"  # a feed sets no cookie
        and not g.get("may_be_framed")  # nor does what stands in another site's page
    ):
        response.set_cookie(
            COOKIE, wanted, max_age=YEAR, samesite="Lax", secure=request.is_secure, httponly=True
        )
    return response


def _same_page_in_each() -> dict[str, str]:
    args = request.args.to_dict(flat=False)
    return {
        language: f"{quote(request.path)}?{urlencode(args | {'lang': [language]}, doseq=True)}"
        for language in LANGUAGES
    }
