"""An office puts a group right: listing, standing time and place, one week. No participant is here."""

from collections.abc import Iterator
from dataclasses import fields

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_login import current_user
from wtforms import (
    HiddenField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    TimeField,
)

from app import clock
from app.actions.groups import ListingEdit
from app.actions.national.mending import (
    StandingTime,
    mend_listing,
    mend_standing_time,
    mend_week,
)
from app.blueprints.access import group_of_my_region
from app.blueprints.parts.meeting_lines import week_line
from app.blueprints.web.form import (
    Agreement,
    Form,
    NumberField,
    Published,
    at_most,
    choices_of,
    form_version,
    optional,
    required,
    weekday_choices,
)
from app.blueprints.web.languages import current
from app.blueprints.web.request_checks import whole_number
from app.domain.listing import SPOKEN, Audience, Subject
from app.domain.place import Visibility
from app.domain.slot import MINUTES
from app.domain.week import Week
from app.formats.wording import day_in_words, language_name, word
from app.records.group_lists.sight import sees_group
from app.records.groups import Group
from app.records.listings import schedule_of

bp = Blueprint("mending", __name__, url_prefix="/national/groups")

WEEKS = 8
OFF, MOVED, USUAL = "off", "moved", "usual"


class ListingForm(Form):
    name = StringField(lazy_gettext("Naam van de groep"), [required(), at_most(120), Published()])
    description = TextAreaField(lazy_gettext("Omschrijving"), [at_most(1200), Published()])
    publish_anyway = Agreement(lazy_gettext("Ja, iedereen mag dit lezen"))
    subject = SelectField(lazy_gettext("Waarover gaat het?"))
    audience = SelectField(lazy_gettext("Voor wie?"))
    language = SelectField(lazy_gettext("In welke taal?"))
    version = HiddenField()

    def offer(self, group: Group) -> None:
        self.subject.choices = choices_of(Subject, word)
        self.audience.choices = choices_of(Audience, word)
        codes = sorted({*SPOKEN, group.language})
        self.language.choices = [(one, language_name(one, current())) for one in codes]

    def edit(self, group: Group) -> ListingEdit:
        now = {one.name: getattr(group, one.name) for one in fields(ListingEdit)}
        said = {
            name: self[name].data or ""
            for name in ("name", "description", "subject", "audience", "language")
        }
        is_said = group.language_said or self.language.data != group.language
        return ListingEdit(**(now | said | {"language_said": is_said}))


class TimeForm(Form):
    since = SelectField(lazy_gettext("Vanaf welke week?"))
    weekday = SelectField(lazy_gettext("Dag"), coerce=whole_number)
    start = TimeField(
        lazy_gettext("Begint om"), [required(lazy_gettext("Vul een tijd in, zoals 19:30."))]
    )
    minutes = NumberField(
        lazy_gettext("Hoe lang, in minuten"),
        [required(lazy_gettext("Vul in hoeveel minuten het duurt, zoals 120."))],
    )
    place_name = StringField(lazy_gettext("Gebouw of zaal"), [optional(), at_most(120)])
    street = StringField(lazy_gettext("Straat en nummer"), [optional(), at_most(160)])
    postcode = StringField(lazy_gettext("Postcode"), [optional(), at_most(12)])
    town = StringField(lazy_gettext("Plaats"), [optional(), at_most(80)])
    version = HiddenField()

    def offer(self, group: Group) -> None:
        self.since.choices = _weeks(group)
        self.weekday.choices = weekday_choices()

    def wanted(self) -> StandingTime:
        typed = {name: self[name].data for name in ("place_name", "street", "postcode", "town")}
        return StandingTime(
            since=Week.parse(self.since.data),
            weekday=self.weekday.data,
            start=self.start.data,
            minutes=self.minutes.data,
            place={name: text for name, text in typed.items() if text},
        )


class WeekForm(Form):
    week = SelectField(lazy_gettext("Welke week?"))
    what = RadioField(lazy_gettext("Wat is er dan?"), default=OFF)
    reason = StringField(lazy_gettext("Waarom niet?"), [optional(), at_most(200), Published()])
    publish_anyway = Agreement(lazy_gettext("Ja, iedereen mag dit lezen"))
    weekday = SelectField(lazy_gettext("Op welke dag?"), coerce=whole_number, default=1)
    start = TimeField(lazy_gettext("Hoe laat?"), [optional()])

    def offer(self, group: Group) -> None:
        self.week.choices = _weeks(group)
        self.what.choices = [
            (OFF, _("gaat niet door")),
            (MOVED, _("andere dag of tijd")),
            (USUAL, _("gewoon zoals altijd")),
        ]
        self.weekday.choices = weekday_choices()


@bp.get("/<slug>/mend")
@group_of_my_region(fresh=True)
def show(group: Group) -> ResponseReturnValue:
    return _page(group)


@bp.post("/<slug>/mend/listing")
@group_of_my_region(fresh=True)
def listing(group: Group) -> ResponseReturnValue:
    form = ListingForm(prefix="listing")
    form.offer(group)
    done = form.does(
        lambda: mend_listing(group, form.edit(group), by=current_user, version=form_version(form))
    )
    return _then(group) if done else (_page(group, listing_form=form), 422)


@bp.post("/<slug>/mend/time")
@group_of_my_region(fresh=True)
def standing_time(group: Group) -> ResponseReturnValue:
    form = TimeForm(prefix="time")
    form.offer(group)
    done = form.does(
        lambda: mend_standing_time(
            group, form.wanted(), by=current_user, version=form_version(form)
        )
    )
    return _then(group) if done else (_page(group, time_form=form), 422)


@bp.post("/<slug>/mend/week")
@group_of_my_region(fresh=True)
def week(group: Group) -> ResponseReturnValue:
    form = WeekForm(prefix="week")
    form.offer(group)
    if form.what.data == MOVED and not form.start.data:
        form.start.validators = [required(_("Vul een tijd in, zoals 19:30."))]
    done = form.does(
        lambda: mend_week(
            group,
            Week.parse(form.week.data),
            cancelled=form.what.data == OFF,
            reason=form.reason.data or "",
            moved=(form.weekday.data, form.start.data) if form.what.data == MOVED else None,
            by=current_user,
        )
    )
    return _then(group) if done else (_page(group, week_form=form), 422)


def _then(group: Group) -> ResponseReturnValue:
    """Go on with the group, or with the list when it moved out of this officer's region."""
    flash(_("Bewaard. De coördinatoren krijgen een mail."), "good")
    if not sees_group(current_user, group, clock.now()):
        return redirect(url_for("group_lists.index", slug=group.fellowship.slug), 303)
    return redirect(url_for("mending.show", slug=group.slug), 303)


def _page(
    group: Group,
    *,
    listing_form: ListingForm | None = None,
    time_form: TimeForm | None = None,
    week_form: WeekForm | None = None,
) -> str:
    now = clock.now()
    today = group.day_of(now)
    this = Week.of(today)
    schedule = schedule_of(group, (this, this + WEEKS), public=True)
    record = group.slot_from(this)
    is_shown = record is None or record.visibility == Visibility.WHOLE
    return render_template(
        "national/groups/mend.html",
        group=group,
        weeks=[week_line(one, today) for one in schedule.meetings(this, WEEKS)],
        listing_form=listing_form or _listing_now(group),
        time_form=time_form or _time_now(group),
        week_form=week_form or _week_now(group),
        place=record.place.value() if record and record.place and is_shown else None,
        is_shown=is_shown,
    )


def _time_now(group: Group) -> TimeForm:
    record = group.slot_from(Week.of(group.day_of(clock.now())))
    form = TimeForm(formdata=None, prefix="time")
    form.offer(group)
    form.weekday.data = record.weekday if record else 1
    form.start.data = record.start if record else None
    form.minutes.data = record.minutes if record else MINUTES
    form.version.data = str(group.slot_version)
    return form


def _listing_now(group: Group) -> ListingForm:
    form = ListingForm(formdata=None, prefix="listing", obj=group)
    form.offer(group)
    return form


def _week_now(group: Group) -> WeekForm:
    form = WeekForm(formdata=None, prefix="week")
    form.offer(group)
    return form


def _weeks(group: Group) -> list[tuple[str, str]]:
    first = Week.of(group.day_of(clock.now()))
    return [(str(one), _week_of(one)) for one in _next(first)]


def _next(first: Week) -> Iterator[Week]:
    return (first + number for number in range(WEEKS))


def _week_of(one: Week) -> str:
    return _("week van %(day)s", day=day_in_words(one.monday, current()))
