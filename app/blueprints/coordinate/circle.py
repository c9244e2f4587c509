"""The circle: who has a seat, who waits, and what a coordinator does about it."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, session, url_for
from flask import current_app as this_app
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_login import current_user
from wtforms import HiddenField, RadioField
from wtforms.validators import NumberRange

from app.actions import chairs as deeds
from app.blueprints.access import my_circle
from app.blueprints.parts.circle import circle_of, explained, hold_label, name_of, person_line
from app.blueprints.parts.sponsors import sponsor_marks
from app.blueprints.web.form import Form, NumberField, choices_of, required
from app.blueprints.web.refusals import pressed
from app.blueprints.web.request_checks import whole_number
from app.domain.refusal import Refusal
from app.domain.seating import HOLDS, SEATS, Hold, Seating
from app.formats.printed.qr import qr_code
from app.formats.wording import word
from app.records.groups import Group
from app.records.participants import ParticipantRecord, people_of, position_in_line

bp = Blueprint("circle", __name__, url_prefix="/coordinate/<slug>/circle")

CLAIM = "claim"
"""In the session: the link that was just made, to be shown once."""


class ChairForm(Form):
    number = HiddenField()


class TakenForm(Form):
    taken = NumberField(
        validators=[NumberRange(0, SEATS, lazy_gettext("Kies een aantal van 0 tot en met 12."))]
    )
    back = HiddenField()


class SeatingForm(Form):
    seating = RadioField(lazy_gettext("Hoe komen mensen aan een plek?"))


class ChairsForm(Form):
    chairs = NumberField(
        lazy_gettext("Hoeveel stoelen zetten jullie neer?"),
        [
            required(lazy_gettext("Vul een getal in van 1 tot en met 12.")),
            NumberRange(1, SEATS, lazy_gettext("Vul een getal in van 1 tot en met 12.")),
        ],
    )


class MergeForm(Form):
    double = RadioField(
        lazy_gettext("Met wie?"),
        [required(lazy_gettext("Kies wie dezelfde is."))],
        coerce=whole_number,
    )


@bp.get("")
@my_circle(fresh=True)
def show(group: Group) -> ResponseReturnValue:
    return render_template("coordinate/circle/show.html", **circle_of(group))


@bp.route("/chair", methods=["GET", "POST"])
@my_circle(fresh=True)
def chair(group: Group) -> ResponseReturnValue:
    form = ChairForm()
    number = request.args.get("number", type=whole_number)
    if form.validate_on_submit():
        try:
            taken = deeds.take_chair(group, number=number, by=current_user)
        except Refusal as refused:
            form.refuse(refused)
        else:
            flash(_("Plek %(seat)s is bezet.", seat=taken.seat), "good")
            return redirect(url_for("circle.seat", slug=group.slug, person_id=taken.id), 303)
    page = render_template("coordinate/circle/chair.html", group=group, form=form, number=number)
    return page, form.code


@bp.route("/taken", methods=["GET", "POST"])
@my_circle()
def taken(group: Group) -> ResponseReturnValue:
    """Say how many seats are taken: a number alone, so that a remembered phone may do it."""
    form = TakenForm()
    if form.does(lambda: deeds.set_chairs_taken(group, form.taken.data, by=current_user)):
        flash(_("Bewaard."), "good")
        if form.back.data == "desk":
            return redirect(url_for("desk.group", slug=group.slug), 303)
        return redirect(url_for("circle.show", slug=group.slug), 303)
    return render_template("coordinate/circle/taken.html", form=form, **circle_of(group)), form.code


@bp.route("/seating", methods=["GET", "POST"])
@my_circle(fresh=True)
def seating(group: Group) -> ResponseReturnValue:
    form = SeatingForm(obj=group)
    form.seating.choices = [
        (str(one), _("%(what)s: %(reason)s", what=title, reason=means))
        for one, (title, means) in ((one, explained(one)) for one in Seating)
    ]
    if form.validate_on_submit():
        deeds.set_seating(group, Seating(form.seating.data), by=current_user)
        flash(_("Bewaard. Iedereen houdt de plek, ook op de wachtlijst."), "good")
        return redirect(url_for("circle.show", slug=group.slug), 303)
    worded = dict(choices_of(Seating, word))
    return render_template(
        "coordinate/circle/seating.html", group=group, form=form, worded=worded
    ), form.code


@bp.route("/chairs", methods=["GET", "POST"])
@my_circle(fresh=True)
def chairs(group: Group) -> ResponseReturnValue:
    form = ChairsForm(data={"chairs": group.capacity})
    if form.does(lambda: deeds.offer_chairs(group, form.chairs.data, by=current_user)):
        flash(_("Bewaard."), "good")
        return redirect(url_for("circle.show", slug=group.slug), 303)
    return render_template("coordinate/circle/chairs.html", group=group, form=form), form.code


@bp.get("/<int:person_id>")
@my_circle(fresh=True)
def seat(group: Group, person_id: int) -> ResponseReturnValue:
    person = _person(group, person_id)
    return render_template("coordinate/circle/seat.html", **_page(group, person))


@bp.post("/<int:person_id>/greet")
@my_circle(fresh=True)
def greet(group: Group, person_id: int) -> ResponseReturnValue:
    person = _person(group, person_id)
    deeds.greet(group, person.id, by=current_user)
    flash(_("De plek is van %(name)s.", name=name_of(person)), "good")
    return redirect(url_for("circle.show", slug=group.slug), 303)


@bp.route("/<int:person_id>/release", methods=["GET", "POST"])
@my_circle(fresh=True)
def release(group: Group, person_id: int) -> ResponseReturnValue:
    person = _person(group, person_id)
    if request.method == "POST":
        return pressed(
            lambda: deeds.release_seat(group, person.id, by=current_user),
            _("Gedaan. Er is niets van bewaard."),
            then=url_for("circle.show", slug=group.slug),
        )
    if person.hold is not None and not HOLDS[Hold(person.hold)].may_be_released:
        return redirect(url_for("circle.seat", slug=group.slug, person_id=person.id))
    first = next((one for one in people_of(group.id) if one.wait_number), None)
    page = _page(group, person)
    return render_template("coordinate/circle/release.html", first=first and name_of(first), **page)


@bp.route("/<int:person_id>/link", methods=["GET", "POST"])
@my_circle(fresh=True)
def link(group: Group, person_id: int) -> ResponseReturnValue:
    """Make a link for who asked by phone, and show it this once: only its hash is stored."""
    person = _person(group, person_id)
    if request.method == "POST":
        session[CLAIM] = [person.id, deeds.offer_claim(group, person.id, by=current_user)]
        return redirect(url_for("circle.link", slug=group.slug, person_id=person.id), 303)
    if person.alias is not None:
        return redirect(url_for("circle.seat", slug=group.slug, person_id=person.id))
    of_id, key = session.pop(CLAIM, None) or (None, "")
    address = ""
    if of_id == person.id:
        address = this_app.config["TWAALF_PUBLIC_URL"] + url_for("claims.show", key=key)
    code = qr_code(address) if address else None
    page = _page(group, person)
    return render_template("coordinate/circle/link.html", address=address, code=code, **page)


@bp.route("/<int:person_id>/merge", methods=["GET", "POST"])
@my_circle(fresh=True)
def merge(group: Group, person_id: int) -> ResponseReturnValue:
    person = _person(group, person_id)
    form = MergeForm()
    form.double.choices = [
        (one.id, _as_choice(one)) for one in people_of(group.id) if one.id != person.id
    ]
    if form.validate_on_submit():
        kept = deeds.merge_double(group, person.id, form.double.data, by=current_user)
        flash(_("Samengevoegd."), "good")
        return redirect(url_for("circle.seat", slug=group.slug, person_id=kept.id), 303)
    return render_template(
        "coordinate/circle/merge.html", form=form, **_page(group, person)
    ), form.code


def _person(group: Group, person_id: int) -> ParticipantRecord:
    """Return someone of this group, and of no other. Else 404."""
    person = next((one for one in people_of(group.id) if one.id == person_id), None)
    if person is None:
        abort(404)
    return person


def _page(group: Group, person: ParticipantRecord) -> dict[str, Any]:
    position = position_in_line(person) if person.wait_number else None
    return {
        "group": group,
        "person": person_line(group, person, position),
        "hold": person.hold,
        "hold_label": hold_label(person),
        "refused": person.mail_refused_at is not None,
        "until": group.day_of(person.held_until) if person.held_until else None,
        "nameless": person.alias is None,
        "waits": person.seat is None,
        "since": person.joined_on,
        "sponsor_marks": sponsor_marks(person),
        "has_claim": person.claim_hash is not None,
    }


def _as_choice(person: ParticipantRecord) -> str:
    where = _("plek %(seat)s", seat=person.seat) if person.seat else _("wacht")
    return _("%(name)s, %(where)s", name=name_of(person), where=where)
