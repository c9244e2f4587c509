"""What somebody gives to have a seat of their own."""

from flask import flash, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from wtforms import BooleanField, EmailField, StringField

from app.actions.seats import Ask
from app.blueprints.web.form import Form, at_most, optional, required
from app.blueprints.web.languages import current
from app.domain.personal_text import is_full_name
from app.formats.phone import findings_in

CONSENT = "2026-11-29"
"""Version of the text beside the tick: raise it when that text, in asking.html, says other things."""


class SeatForm(Form):
    """What someone gives to have a seat of their own."""

    alias = StringField(lazy_gettext("Je naam hier"), [required(), at_most(40)])
    contact = EmailField(lazy_gettext("Mailadres"), [optional(), at_most(254)])
    consent = BooleanField(
        lazy_gettext("Ja, jullie mogen dit bewaren"),
        [required(lazy_gettext("Zet hier een vinkje. Zonder ja bewaren we niets van je."))],
    )

    def ask(self) -> Ask:
        return Ask(
            alias=" ".join(self.alias.data.split()),
            consent_text=CONSENT,
            contact=self.contact.data or "",
            language=current(),
        )

    def tells_too_much(self) -> bool:
        """Tell whether the name looks like a whole name, a number or an address."""
        alias = self.alias.data or ""
        return is_full_name(alias) or bool(findings_in(alias))


def seat_page(key: str) -> str:
    return url_for("seats.show", token=key)


def say_kindly(form: SeatForm) -> None:
    """Warn about a name that says too much once the seat is there: it is a hint, no condition."""
    if form.tells_too_much():
        flash(
            _("De naam die je koos, zegt veel over wie je bent. Je voornaam is genoeg. "
              "Hieronder kun je een andere kiezen."),
            "warning",
        )  # fmt: skip
