"""Asking for a seat: two fields, one tick, no account; and a lost link sent again."""

import re
import secrets
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from wtforms import EmailField, HiddenField
from wtforms.validators import ValidationError

from app import clock
from app.actions.seats import ask_for_seat, send_link_again
from app.blueprints.access import public
from app.blueprints.parts.results import nearest_lines
from app.blueprints.parts.seat_form import SeatForm, say_kindly, seat_page
from app.blueprints.web import limits
from app.blueprints.web.form import Form, at_most, required
from app.blueprints.web.public_form import PublicForm
from app.domain.keys import KEY_BYTES
from app.domain.listing import Listing
from app.domain.meeting import MEETS
from app.domain.refusal import Refusal
from app.domain.seating import Seating
from app.domain.week import Week
from app.records.groups import Group, find_group
from app.records.listings import listing_of

bp = Blueprint("ask", __name__)

GROUP_RATE = "60/hour"
ADDRESS_RATE = "6/day"
"""Letters that one network has sent to one address: who asks for themselves asks in fewer groups."""
_ASK_KEY = re.compile(r"[A-Za-z0-9_.~-]{8,64}")


class AskForm(PublicForm, SeatForm):
    counted_as = "ask"
    ask_key = HiddenField()

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if not self.ask_key.data:
            self.ask_key.data = secrets.token_urlsafe(KEY_BYTES)

    def validate_ask_key(self, field: HiddenField) -> None:
        if not _ASK_KEY.fullmatch(field.data or ""):
            raise ValidationError(_("Ga terug en open deze pagina nog eens."))


class LostLinkForm(PublicForm, Form):
    counted_as = "link"
    contact = EmailField(lazy_gettext("Je mailadres"), [required(), at_most(254)])


@bp.route("/groups/<slug>/ask", methods=["GET", "POST"])
@public
def seat(slug: str) -> ResponseReturnValue:
    group = open_group(slug)
    if group.slug != slug:
        return redirect(url_for("ask.seat", slug=group.slug), 308)
    form = AskForm()
    if gives_seats(group) and form.validate_on_submit():
        limits.count("ask_group", GROUP_RATE, group.slug)
        if form.contact.data:
            limits.count_address("ask_to", ADDRESS_RATE, form.contact.data)
        try:
            asked = ask_for_seat(group, form.ask(), ask_key=str(form.ask_key.data))
        except Refusal as refused:
            form.refuse(refused)
        else:
            say_kindly(form)
            return redirect(seat_page(asked.key), 303)
    return render_template("public/ask/seat.html", form=form, **_page(group)), form.code


@bp.route("/groups/<slug>/link", methods=["GET", "POST"])
@public
def lost_link(slug: str) -> ResponseReturnValue:
    group = open_group(slug)
    if group.slug != slug:
        return redirect(url_for("ask.lost_link", slug=group.slug), 308)
    form = LostLinkForm()
    if form.validate_on_submit():
        send_link_again(group, form.contact.data)
        flash(_("Hoort dit adres bij een plek in deze groep? Dan is de link nu onderweg."), "good")
        return redirect(url_for("groups.show", slug=group.slug), 303)
    return render_template("public/ask/lost_link.html", form=form, group=group), form.code


def open_group(slug: str) -> Group:
    group = find_group(slug)
    if group is None or not group.listed:
        abort(404)
    return group


def gives_seats(group: Group) -> bool:
    """Tell whether the app gives out this group's seats, full or not."""
    return group.status in MEETS and group.seating in (
        Seating.SEATS_ITSELF,
        Seating.WELCOMES,
    )


def _page(group: Group) -> dict[str, Any]:
    week = Week.at(clock.now(), group.timezone)
    listing: Listing = listing_of(group, (week, week))
    is_full = gives_seats(group) and listing.availability == "full"
    return {
        "group": group,
        "gives_seats": gives_seats(group),
        "is_full": is_full,
        "availability": listing.availability,
        "takes_messages": any(one.takes_messages for one in listing.contacts),
        "nearest": nearest_lines(group) if is_full else [],
    }
