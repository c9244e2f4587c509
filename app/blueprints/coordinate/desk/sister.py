"""A sister group, or the same people a second time in the week."""

from datetime import time

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext, ngettext
from flask_login import current_user
from wtforms import BooleanField, SelectField, StringField, TimeField

from app import clock
from app.actions.second_group import Along, ask_the_line, found_sister
from app.blueprints.access import my_group, role_in
from app.blueprints.coordinate.desk.status import bp as bp  # noqa: PLC0414 - the same
from app.blueprints.web.form import Form, at_most, optional, required, weekday_choices
from app.blueprints.web.request_checks import whole_number
from app.domain.refusal import FellowshipIsClosed
from app.records.closures import closures_of_group, places_owned_by
from app.records.groups import Group
from app.records.participants import known_figures

ALONG = ("contacts", "closures", "places")


class SisterForm(Form):
    name = StringField(lazy_gettext("Naam"), [optional(), at_most(120)])
    weekday = SelectField(lazy_gettext("Dag"), coerce=whole_number)
    start = TimeField(
        lazy_gettext("Begint om"),
        [required(lazy_gettext("Vul een tijd in, zoals 19:30."))],
        default=time(19, 30),
    )
    ask_line = BooleanField(
        lazy_gettext("Vraag wie op de wachtlijst staat of ze mee willen"), default=True
    )
    contacts = BooleanField(lazy_gettext("Neem de contactpersonen mee"))
    closures = BooleanField(lazy_gettext("Neem mee wanneer de groep dicht is"))
    places = BooleanField(lazy_gettext("Neem alle locaties van de groep mee"))
    begins = BooleanField(lazy_gettext("Begin meteen"))

    def along(self) -> Along:
        """Return what of this is ticked, of what was asked at all."""
        return Along(**{one: one in self and self[one].data for one in ALONG})


@bp.route("/<slug>/sister", methods=["GET", "POST"])
@my_group(fresh=True)
def sister(group: Group) -> ResponseReturnValue:
    """Begin a second group, or (with `twice`) give the same people a second time in the week."""
    twice = "twice" in request.args
    reads = role_in(group).reads(clock.now())
    waiting = known_figures([group.id]).get(group.id, (0, 0))[1] if reads else 0
    form = _sister_form(group, twice=twice, reads=reads)
    if form.validate_on_submit():
        day = dict(form.weekday.choices)[form.weekday.data]
        try:
            made = found_sister(
                group,
                name=form.name.data or f"{group.name[:100]}, {day}",
                weekday=form.weekday.data,
                start=form.start.data,
                by=current_user,
                along=form.along(),
                begins=form.begins.data,
            )
        except FellowshipIsClosed as refused:
            form.refuse(refused)
        else:
            flash(
                _("De groep begint volgende week.")
                if form.begins.data
                else _("De nieuwe groep staat klaar, in oprichting."),
                "good",
            )
            if waiting and form.ask_line.data:
                _ask_line(group, made)
            return redirect(url_for("desk.group", slug=made.slug), 303)
    return render_template(
        "coordinate/desk/sister.html", group=group, form=form, waiting=waiting, twice=twice
    ), form.code


def _sister_form(group: Group, *, twice: bool, reads: bool) -> SisterForm:
    """Return the form; what the group does not have is not asked, nor contacts of who sees none."""
    form = SisterForm(data=dict.fromkeys((*ALONG, "begins"), twice) | {"ask_line": not twice})
    form.weekday.choices = weekday_choices()
    has = {
        "contacts": reads and bool(group.contacts),
        "closures": bool(closures_of_group(group.id, group.day_of(clock.now()))),
        "places": len(places_owned_by(group)) > 1,
    }
    for name in ALONG:
        if not has[name]:
            del form[name]
    return form


def _ask_line(group: Group, made: Group) -> None:
    """Ask who waits to move to the new group, and say how many that are."""
    number = ask_the_line(group, made, by=current_user)
    asked = ngettext(
        "%(num)s mens op de wachtlijst is gevraagd.",
        "%(num)s mensen op de wachtlijst zijn gevraagd.",
        number,
    )
    flash(asked, "good")
