"""Refusals in the reader's language: said on the next page, or given to a form for its field."""

from collections.abc import Callable

from flask import flash, redirect
from flask_babel.speaklater import LazyString
from werkzeug import Response

from app.blueprints.web.refusal_words import WORDS
from app.domain.refusal import Refusal


def say(refused: Refusal) -> None:
    """Tell on the next page why what one button asks was not done."""
    flash(refusal_in_words(refused)[1], "error")


def pressed(deed: Callable[[], object], done: str, *, then: str) -> Response:
    """Do what one button asks, and say on the page that comes then that it is done, or why not."""
    try:
        deed()
        flash(done, "good")
    except Refusal as refused:
        say(refused)
    return redirect(then, 303)


def refusal_in_words(refused: Refusal) -> tuple[str | None, str]:
    """Return the field that a refusal is about, or None for the whole form, and its sentence."""
    field, sentence = WORDS[type(refused)]
    if isinstance(sentence, LazyString):
        return field, str(sentence) % vars(refused)
    return field, str(sentence(refused))
