"""What somebody typed on a page that stood open too long: it goes along while we ask who they are."""

import re
from collections.abc import Iterator
from typing import Any

from flask import g, render_template, request
from flask_login import current_user

from app.blueprints.signin.forms import VerifyForm
from app.blueprints.signin.passkey_question import question_to_verify
from app.blueprints.web.next_page import is_own_page, start_page

_ASKED_HERE = {
    "csrf_token", "password", "passcode", "chosen_method", "next", "passkey_question", "passkey_answer",
}  # fmt: skip
"""Fields of the question itself: none of them is anybody's text."""


def ask_with_what_was_typed(page: str) -> tuple[str, int]:
    """Return the question who is there, with the refused form in it; `page` is where it stood."""
    return render_template(
        "signin/verify.html",
        verify_form=VerifyForm(formdata=None, user=current_user),
        typed=[*typed(), ("then", request.full_path.rstrip("?"))],
        passkey=question_to_verify(),
        next=page,
        start=start_page(current_user),
    ), 403


def typed() -> Iterator[tuple[str, str]]:
    """Yield the fields that came along with the question, in their order, and where they go."""
    return (
        (name, text) for name, text in request.form.items(multi=True) if name not in _ASKED_HERE
    )


ON_THE_WAY = "then"
"""Names, in an address, the form that somebody goes back to with what was typed there."""
_OWN_NAME = re.compile(r"[a-z][a-z0-9_-]*", re.IGNORECASE)


def typed_on_the_way(form: str = "") -> dict[str, Any]:
    """Return what was typed on a form, for the address of a page that comes in between and back.

    Nothing personal stands on such a form. `form` names it; without, it is read from the address
    of the page in between, and nothing is found where nobody is on the way.
    """
    sent = request.form if form else request.args
    going = form or sent.get(ON_THE_WAY, "")
    if not going:
        return {}
    return {
        name: value
        for name, value in sent.items()
        if _OWN_NAME.fullmatch(name) and name not in {"csrf_token", "do", "slug", ON_THE_WAY}
    } | {ON_THE_WAY: going}


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
