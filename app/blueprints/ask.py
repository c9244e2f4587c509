"""Asking for a seat: two fields, one tick, no account; and a lost link sent again."""

import re
import secrets
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from wtforms import BooleanField, EmailField, HiddenField, StringField
from wtforms.validators import ValidationError

from app import clock
from app.actions.seats import Ask, ask_for_seat, claim_seat, send_link_again
from app.blueprints import limits
from app.blueprints.access import public
from app.blueprints.form import Form, at_most, optional, required
from app.blueprints.languages import current
from app.blueprints.lines import meeting_line
from app.domain.keys import KEY_BYTES, hash_of
from app.domain.listing import Listing
from app.domain.meeting import MEETS
from app.domain.personal import is_full_name
from app.domain.refusal import Refusal
from app.domain.seating import Seating
from app.domain.week import Week
from app.formats.phone import findings_in
from app.records.groups import Group, find_group
from app.records.listings import listing_of, listings_of
from app.records.nearby import nearest_with_a_seat
from app.records.participants import find_by_claim

bp = Blueprint("ask", __name__)

ASK_RATE = "5/hour"
GROUP_RATE = "60/hour"
LINK_RATE = "5/hour"
CONSENT = "2026-11"
"""Version of the text beside the tick: raise it when that text, in asking.html, says other things."""
_ASK_KEY = re.compile(r"[A-Za-z0-9_.~-]{8,64}")


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


class AskForm(limits.PublicForm, SeatForm):
    ask_key = HiddenField()

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if not self.ask_key.data:
            self.ask_key.data = secrets.token_urlsafe(KEY_BYTES)

    def validate_ask_key(self, field: HiddenField) -> None:
        if not _ASK_KEY.fullmatch(field.data or ""):
            raise ValidationError(_("Ga terug en open deze pagina nog eens."))


class LostLinkForm(limits.PublicForm, Form):
    contact = EmailField(lazy_gettext("Je mailadres"), [required(), at_most(254)])


@bp.route("/groups/<slug>/ask", methods=["GET", "POST"])
@public
def seat(slug: str):
    group = open_group(slug)
    if group.slug != slug:
        return redirect(url_for("ask.seat", slug=group.slug), 308)
    form = AskForm()
    if gives_seats(group) and form.validate_on_submit():
        limits.count("ask", ASK_RATE)
        if form.is_from_robot():
            return redirect(_seat_page(secrets.token_urlsafe(KEY_BYTES)), 303)
        limits.count("ask_group", GROUP_RATE, group.slug)
        try:
            asked = ask_for_seat(group, form.ask(), ask_key=str(form.ask_key.data))
        except Refusal as refused:
            form.refuse(refused)
        else:
            _say_kindly(form)
            return redirect(_seat_page(asked.key), 303)
    status = 422 if request.method == "POST" else 200
    return render_template("ask/seat.html", form=form, **_page(group)), status


@bp.route("/groups/<slug>/link", methods=["GET", "POST"])
@public
@limits.rated("link", LINK_RATE)
def lost_link(slug: str):
    group = open_group(slug)
    if group.slug != slug:
        return redirect(url_for("ask.lost_link", slug=group.slug), 308)
    form = LostLinkForm()
    if form.validate_on_submit():
        if not form.is_from_robot():
            send_link_again(group, form.contact.data)
        flash(_("Hoort dit adres bij een plek in deze groep? Dan is de link nu onderweg."), "good")
        return redirect(url_for("groups.show", slug=group.slug), 303)
    status = 422 if request.method == "POST" else 200
    return render_template("ask/lost_link.html", form=form, group=group), status


@bp.route("/claim/<key>", methods=["GET", "POST"])
@public
def claim(key: str):
    if find_by_claim(hash_of(key)) is None:
        abort(404)
    form = SeatForm()
    if form.validate_on_submit():
        asked = claim_seat(key, form.ask())
        _say_kindly(form)
        return redirect(_seat_page(asked.key), 303)
    status = 422 if request.method == "POST" else 200
    return render_template("ask/claim.html", form=form), status


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


def nearest_lines(group: Group) -> list[dict[str, Any]]:
    """Return the nearest groups of the same kind with a free seat, as lines of a list."""
    now = clock.now()
    week = Week.at(now, group.timezone)
    nearby = nearest_with_a_seat(group, week)
    listings = listings_of([one.group for one in nearby], (week, week + 1)) if nearby else []
    today = group.day_of(now)
    lines = [
        meeting_line(listing, listing.schedule.next_meeting(now), today, one.kilometres)
        for one, listing in zip(nearby, listings, strict=True)
    ]
    # Where and when is enough to choose by; the rest stands on each group's own page.
    return [line | {"what": "", "status": []} for line in lines]


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


def _seat_page(key: str) -> str:
    return url_for("seats.show", token=key)


def _say_kindly(form: SeatForm) -> None:
    """Warn about a name that says too much once the seat is there: it is a hint, no condition."""
    if form.tells_too_much():
        flash(
            _("De naam die je koos, zegt veel over wie je bent. Je voornaam is genoeg. "
              "Hieronder kun je een andere kiezen."),
            "warning",
        )  # fmt: skip
