"""A group's listing, as its coordinators write it."""

from dataclasses import asdict, replace
from zoneinfo import ZoneInfo

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_login import current_user
from wtforms import (
    BooleanField,
    Field,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from app import clock
from app.actions.groups import ListingEdit, edit_listing
from app.actions.national import officers
from app.blueprints.access import my_group
from app.blueprints.web.form import (
    Agreement,
    Form,
    OneTown,
    Published,
    at_most,
    choices_of,
    form_version,
    required,
)
from app.blueprints.web.languages import current
from app.blueprints.web.refusals import pressed
from app.domain.geography.netherlands import PROVINCES
from app.domain.listing import SPOKEN, Audience, Feature, Subject
from app.domain.meeting import Meeting
from app.domain.refusal import ChangedMeanwhile
from app.domain.week import Week
from app.domain.zones import HOME
from app.formats.kinds.ticking import codes_as_ticked, kinds_ticked, kinds_to_tick
from app.formats.wording import language_name, short_day, word
from app.formats.zones import hour_for_reader, zone_named
from app.records.groups import Group
from app.records.listings import schedule_ahead

WEEKS_PREVIEWED = 4

bp = Blueprint("listing", __name__, url_prefix="/coordinate")


class ListingForm(Form):
    name = StringField(lazy_gettext("Naam van de groep"), [required(), at_most(120), Published()])
    description = TextAreaField(lazy_gettext("Omschrijving"), [at_most(1200), Published()])
    publish_anyway = Agreement(lazy_gettext("Ja, iedereen mag dit lezen"))
    subject = SelectField(lazy_gettext("Waarover gaat het?"))
    audience = SelectField(lazy_gettext("Voor wie?"))
    language = SelectField(lazy_gettext("In welke taal?"))
    is_open = RadioField(
        lazy_gettext("Wie mag komen?"),
        coerce=lambda value: None if value in ("", None) else value in (True, "True"),
    )
    features = SelectMultipleField(
        lazy_gettext("Toegankelijkheid"),
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
    )
    kinds = SelectMultipleField(
        lazy_gettext("Soort bijeenkomst"),
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
    )
    town = StringField(lazy_gettext("Plaats"), [at_most(80), OneTown("province")])
    province = SelectField(lazy_gettext("Provincie"))
    may_be_indexed = BooleanField(lazy_gettext("Zoekmachines mogen deze groep vinden"))
    zone = StringField(lazy_gettext("Tijdzone"), [at_most(64)])
    version = HiddenField()

    def validate_zone(self, field: Field) -> None:
        if not field.data and not self.group.zone_said:
            return
        name = zone_named(field.data)
        if name is None:
            raise ValidationError(_("Deze tijdzone bestaat niet. Bijvoorbeeld: Europe/Amsterdam."))
        field.data = name

    def offer(self, group: Group) -> None:
        """Fill in what there is to choose, the group's own value always among it.

        Nobody is made to answer what nobody said: it may stay unknown.
        """
        self.group = group
        self.subject.choices = choices_of(Subject, word)
        self.audience.choices = choices_of(Audience, word)
        codes = sorted({*SPOKEN, group.language})
        self.language.choices = [(code, language_name(code, current())) for code in codes]
        if not group.language_said:
            self.language.choices.insert(0, ("", _("niet bekend")))
        if not self.is_submitted():
            self.language.data = group.language if group.language_said else ""
            self.zone.data = group.zone if group.zone_said else ""
        self.is_open.choices = [
            (False, _("Gesloten: voor wie zelf mee wil doen")),
            (True, _("Open: iedereen mag komen kijken")),
        ]
        if group.is_open is None:
            self.is_open.choices.insert(0, ("", _("niet bekend")))
        self.features.choices = choices_of(Feature, word)
        self.kinds.choices = kinds_to_tick(group.fellowship.card(), current())
        if not self.is_submitted():
            self.kinds.data = kinds_ticked(group.codes, group.fellowship.own_kinds)
        names = sorted({*PROVINCES, group.province} - {""})
        self.province.choices = [("", _("onbekend")), *((name, name) for name in names)]

    def edit(self) -> ListingEdit:
        return ListingEdit(
            name=self.name.data,
            description=self.description.data or "",
            audience=self.audience.data,
            subject=self.subject.data,
            language=self.language.data or self.group.language,
            language_said=bool(self.language.data),
            is_open=self.is_open.data,
            features=sorted(self.features.data or []),
            codes=codes_as_ticked(
                self.group.codes, self.group.fellowship.own_kinds, self.kinds.data or []
            ),
            town=self.town.data or "",
            province=self.province.data,
            may_be_indexed=self.may_be_indexed.data,
            zone=self.zone.data or self.group.zone,
            zone_said=bool(self.zone.data),
        )


@bp.route("/<slug>/listing", methods=["GET", "POST"])
@my_group(fresh=True)
def edit(group: Group) -> ResponseReturnValue:
    form = ListingForm(obj=group)
    form.offer(group)
    meanwhile = None
    preview: list[str] = []
    is_valid = form.validate_on_submit()
    if is_valid and request.form.get("do") == "preview":
        preview = _hours_in(group, form.zone.data or group.zone)
    elif is_valid:
        try:
            version = form_version(form)
            slug = edit_listing(group, form.edit(), by=current_user, version=version)
        except ChangedMeanwhile as refused:
            form.refuse(refused)
            form.version.data = str(group.version)
            meanwhile = asdict(refused.current)
        else:
            flash(_("Bewaard."), "good")
            return redirect(url_for("desk.group", slug=slug), 303)
    return render_template(
        "coordinate/listing/edit.html",
        group=group,
        form=form,
        meanwhile=meanwhile,
        preview=preview,
    ), 200 if preview else form.code


def _hours_in(group: Group, zone: str) -> list[str]:
    """Return when the coming meetings would be for who reads in the Netherlands, and when they are."""
    language, now = current(), clock.now()
    schedule = schedule_ahead(group, now)
    lines = []
    for meeting in schedule.meetings(Week.at(now, schedule.zone), WEEKS_PREVIEWED):
        there = replace(schedule, zone=ZoneInfo(zone)).meeting_in(meeting.week)
        if there is not None:
            lines.append(
                _(
                    "%(after)s, nu %(before)s",
                    after=_moment(there, language),
                    before=_moment(meeting, language),
                )
            )
    return lines


def _moment(meeting: Meeting, language: str) -> str:
    day = short_day(meeting.seen_in(HOME).day, language)
    return f"{day} {hour_for_reader(meeting.starts, language)}"


@bp.post("/<slug>/list-again")
@my_group(fresh=True)
def list_again(group: Group) -> ResponseReturnValue:
    return pressed(
        lambda: officers.list_again(group, by=current_user),
        _("Jullie staan weer in de lijst. Je organisatie krijgt bericht."),
        then=url_for("desk.group", slug=group.slug),
    )
