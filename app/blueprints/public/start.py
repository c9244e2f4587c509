"""Starting a group: what somebody wishes, asked of one fellowship; nothing to log in to."""

import re
import secrets
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from wtforms import (
    BooleanField,
    EmailField,
    HiddenField,
    SelectField,
    StringField,
    TextAreaField,
    TimeField,
)
from wtforms.validators import ValidationError

from app.actions.founding_requests import Asker, ask_for_group
from app.blueprints.access import public
from app.blueprints.web import limits
from app.blueprints.web.form import Form, OneTown, at_most, optional, required, weekday_choices
from app.blueprints.web.languages import current
from app.blueprints.web.public_form import PublicForm
from app.blueprints.web.request_checks import whole_number
from app.domain.founding import Wish, wish
from app.domain.geography.found import Whereabouts
from app.domain.geography.whereabouts import LONGEST, whereabouts
from app.domain.keys import KEY_BYTES
from app.domain.listing import Audience, Subject
from app.domain.refusal import FellowshipIsClosed
from app.formats.text import one_line
from app.records.fellowships import Fellowship, all_fellowships
from app.records.founding_requests import fellowships_to_ask

bp = Blueprint("start", __name__, url_prefix="/start")

FELLOWSHIP_RATE = "60/hour"
ADDRESS_RATE = "3/day"
CONSENT = "2026-11"
"""Version of the text beside the tick: raise it when that text, in start/form.html, says other things."""
MOST_WORDS = 600
"""Characters of what somebody wants to say about it."""
_ASK_KEY = re.compile(r"[A-Za-z0-9_.~-]{8,64}")


class StartForm(PublicForm, Form):
    counted_as = "start"
    fellowship = HiddenField()
    town = StringField(lazy_gettext("In welke plaats?"), [required(), at_most(80), OneTown()])
    weekday = SelectField(
        lazy_gettext("Op welke dag?"), coerce=lambda value: whole_number(value or 0), default=0
    )
    start = TimeField(lazy_gettext("Hoe laat?"), [optional()])
    words = TextAreaField(
        lazy_gettext("Wil je er iets bij zeggen?"), [optional(), at_most(MOST_WORDS)]
    )
    name = StringField(lazy_gettext("Hoe mogen we je noemen?"), [required(), at_most(40)])
    contact = EmailField(
        lazy_gettext("Je mailadres"),
        [required(), at_most(254)],
    )
    consent = BooleanField(
        lazy_gettext("Ja, jullie mogen dit bewaren"),
        [required(lazy_gettext("Zet hier een vinkje. Zonder ja bewaren we niets van je."))],
    )
    ask_key = HiddenField()

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.weekday.choices = [(0, _("nog open")), *weekday_choices()]
        if not self.ask_key.data:
            self.ask_key.data = secrets.token_urlsafe(KEY_BYTES)

    def validate_ask_key(self, field: HiddenField) -> None:
        if not _ASK_KEY.fullmatch(field.data or ""):
            raise ValidationError(_("Ga terug en open deze pagina nog eens."))

    def wish(self) -> Wish:
        return wish(one_line(self.town.data), self.weekday.data or None, self.start.data)

    def asker(self) -> Asker:
        return Asker(
            name=one_line(self.name.data),
            contact=self.contact.data,
            words=self.words.data or "",
            consent_text=CONSENT,
            language=current(),
        )


@bp.route("", methods=["GET", "POST"])
@public
def show() -> ResponseReturnValue:
    fellowships = fellowships_to_ask()
    asked = request.values.get("fellowship", "")
    fellowship = next((one for one in fellowships if one.slug == asked), None)
    if fellowship is None:
        return _choose(fellowships)
    form = StartForm(data={"fellowship": asked, "town": _town_asked()})
    if form.validate_on_submit():
        limits.count("start_of", FELLOWSHIP_RATE, fellowship.slug)
        try:
            _keep(fellowship, form)
        except FellowshipIsClosed as refused:
            form.refuse(refused)
        else:
            # The same for everyone, whatever was kept.
            return redirect(url_for("start.sent"), 303)
    return render_template("public/start/form.html", form=form, fellowship=fellowship), form.code


@bp.get("/sent")
@public
def sent() -> ResponseReturnValue:
    return render_template("public/start/sent.html")


def _keep(fellowship: Fellowship, form: StartForm) -> None:
    asker = form.asker()
    writes = not limits.is_enough("start_to", ADDRESS_RATE, asker.contact)
    ask_for_group(fellowship, form.wish(), asker, ask_key=str(form.ask_key.data), writes=writes)


def _choose(fellowships: list[Fellowship]) -> ResponseReturnValue:
    kinds = [(one, Audience(one.audience), Subject(one.subject)) for one in fellowships]
    return render_template(
        "public/start/choose.html",
        kinds=kinds,
        others=[one for one in all_fellowships() if one not in fellowships],
        town=_town_asked(),
        is_unknown=bool(request.values.get("fellowship")),
    ), 422 if request.method == "POST" else 200


def _town_asked() -> str:
    """Return the town in the address, where the finder may have put a postcode or a position."""
    typed = request.args.get("town", "")[:LONGEST]
    found = whereabouts(typed)
    return found.name if isinstance(found, Whereabouts) else ""
