"""What somebody typed on a page that stood open too long: it goes along while we ask who they are."""

from collections.abc import Iterator

from flask import g, render_template, request
from flask_login import current_user

from app.blueprints.next_page import is_own_page, start_page
from app.blueprints.signin_forms import VerifyForm

_ASKED_HERE = {"csrf_token", "password", "passcode", "chosen_method", "next"}
"""Fields of the question itself: none of them is anybody's text."""


def ask_with_what_was_typed(page: str) -> tuple[str, int]:
    """Return the question for a password with the refused form in it; `page` is where it stood."""
    return render_template(
        "security/verify.html",
        verify_form=VerifyForm(formdata=None, user=current_user),
        typed=[*typed(), ("then", request.full_path.rstrip("?"))],
        next=page,
        start=start_page(current_user),
    ), 403


def typed() -> Iterator[tuple[str, str]]:
    """Yield the fields that came along with the question, in their order, and where they go."""
    return (
        (name, text) for name, text in request.form.items(multi=True) if name not in _ASKED_HERE
    )


def sentences_typed() -> list[str]:
    """Return what this request says in words, for a page that must refuse all of it.

    Only from a form of ours: else another site could have our page say its words.
    """
    if not g.get("csrf_valid"):  # Flask-WTF says so of a request whose token was right
        return []
    return [text for name, text in typed() if " " in text.strip() and "password" not in name]


def where_it_goes() -> str | None:
    """Return the address of ours that the form which came along was sent to."""
    then = request.form.get("then", "")
    return then if is_own_page(then, method="POST") else None
