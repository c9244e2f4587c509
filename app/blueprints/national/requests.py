"""Requests for new groups, as the officers of a fellowship read and answer them."""

from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_login import current_user
from wtforms import (
    BooleanField,
    HiddenField,
    SelectField,
    StringField,
    TextAreaField,
    TimeField,
)
from wtforms.validators import ValidationError

from app import clock
from app.actions.national.answering_requests import Plan, answer_not_yet, ask_back, found_as_asked
from app.blueprints.access import my_fellowship
from app.blueprints.parts.founding_request import (
    nearest_lines,
    request_facts,
    talk_lines,
    when_wished,
)
from app.blueprints.web import limits
from app.blueprints.web.form import Form, at_most, form_version, optional, required, weekday_choices
from app.blueprints.web.languages import current
from app.blueprints.web.request_checks import whole_number
from app.domain.founding import ANSWERABLE, OPEN, RequestStatus
from app.domain.refusal import ChangedMeanwhile, Refusal
from app.domain.slot import Slot
from app.domain.week import Week
from app.formats.text import one_line
from app.formats.wording import day_in_words
from app.records.fellowships import Fellowship
from app.records.founding_requests import FoundingRequest, request_to, requests_to

bp = Blueprint("national_requests", __name__, url_prefix="/national/<slug>/requests")

ONE = "/<int:request_id>"
WEEKS_OFFERED = 27
WEEKS_AHEAD = 4
"""What is offered first: people must still hear of it."""
MOST_WORDS = 1000


class FoundForm(Form):
    name = StringField(lazy_gettext("Naam van de groep"), [required(), at_most(120)])
    town = StringField(lazy_gettext("Plaats"), [required(), at_most(80)])
    weekday = SelectField(
        lazy_gettext("Dag"), coerce=lambda value: whole_number(value or 0), default=0
    )
    start = TimeField(lazy_gettext("Begint om"), [optional()])
    since = SelectField(lazy_gettext("Vanaf welke week?"), validate_choice=False)
    invites = BooleanField(lazy_gettext("Nodig de aanvrager uit als coördinator"), default=True)
    version = HiddenField()

    def offer(self, this_week: Week) -> None:
        self.weekday.choices = [(0, _("nog niet bekend")), *weekday_choices()]
        self.since.choices = [
            (str(week), _("week van %(day)s", day=day_in_words(week.monday, current(), year=True)))
            for week in (this_week + number for number in range(WEEKS_OFFERED))
        ]

    def validate_weekday(self, field: SelectField) -> None:
        if self.start.data and not field.data:
            raise ValidationError(_("Kies ook een dag, of laat de tijd leeg."))
        if field.data and not self.start.data:
            raise ValidationError(_("Vul ook een tijd in, of laat de dag open."))

    def plan(self) -> Plan:
        """Return the plan as asked. Raises NoSuchWeek, NoSuchWeekday."""
        slot = None
        if self.weekday.data and self.start.data:
            since = Week.parse(self.since.data or "")
            slot = Slot(since=since, weekday=self.weekday.data, start=self.start.data)
        invites = "invites" in self and self.invites.data
        return Plan(one_line(self.name.data), one_line(self.town.data), slot, invites)


class AskBackForm(Form):
    words = TextAreaField(lazy_gettext("Wat wil je weten?"), [required(), at_most(MOST_WORDS)])
    version = HiddenField()


class NotYetForm(Form):
    words = TextAreaField(lazy_gettext("Waarom nog niet?"), [required(), at_most(MOST_WORDS)])
    version = HiddenField()


@bp.get("")
@my_fellowship(fresh=True)
def index(fellowship: Fellowship) -> ResponseReturnValue:
    lines = [
        {
            "number": one.id,
            "town": one.town or "–",
            "when": when_wished(one) if one.name else "–",
            "status": RequestStatus(one.status),
            "since": fellowship.day_of(one.status_since),
            "is_open": one.status in OPEN,
        }
        for one in requests_to(fellowship.id)
    ]
    return render_template(
        "national/requests/index.html",
        fellowship=fellowship,
        waiting=sorted(
            (line for line in lines if line["is_open"]),
            key=lambda line: (line["status"] is not RequestStatus.ASKED, line["since"]),
        ),
        answered=[line for line in lines if not line["is_open"]],
    )


@bp.get(ONE)
@my_fellowship(fresh=True)
def show(fellowship: Fellowship, request_id: int) -> ResponseReturnValue:
    asked = _of(fellowship, request_id)
    return render_template(
        "national/requests/show.html",
        fellowship=fellowship,
        nearest=nearest_lines(asked, clock.now()),
        **_about(fellowship, asked),
    )


@bp.route(f"{ONE}/found", methods=["GET", "POST"])
@my_fellowship(fresh=True)
@limits.rated("answer_request", limits.INVITATION_RATE)
def found(fellowship: Fellowship, request_id: int) -> ResponseReturnValue:
    asked = _of(fellowship, request_id)
    this_week = Week.at(clock.now(), ZoneInfo(fellowship.zone))
    wished = {
        "name": asked.town,
        "town": asked.town,
        "weekday": asked.weekday if asked.weekday and asked.start else 0,
        "start": asked.start if asked.weekday else None,
        "since": str(this_week + WEEKS_AHEAD),
    }
    form = FoundForm(data=wished | {"version": str(asked.version)})
    form.offer(this_week)
    if not asked.contact:
        del form.invites
    return _answer(fellowship, asked, form, "national/requests/found.html", _found)


@bp.route(f"{ONE}/ask", methods=["GET", "POST"])
@my_fellowship(fresh=True)
@limits.rated("answer_request", limits.INVITATION_RATE)
def ask(fellowship: Fellowship, request_id: int) -> ResponseReturnValue:
    asked = _of(fellowship, request_id)
    form = AskBackForm(data={"version": str(asked.version)})
    return _answer(fellowship, asked, form, "national/requests/ask.html", _ask)


@bp.route(f"{ONE}/not-yet", methods=["GET", "POST"])
@my_fellowship(fresh=True)
@limits.rated("answer_request", limits.INVITATION_RATE)
def not_yet(fellowship: Fellowship, request_id: int) -> ResponseReturnValue:
    asked = _of(fellowship, request_id)
    form = NotYetForm(data={"version": str(asked.version)})
    return _answer(fellowship, asked, form, "national/requests/not_yet.html", _not_yet)


def _found(asked: FoundingRequest, form: FoundForm) -> str:
    plan = form.plan()
    found_as_asked(asked, plan, by=current_user, version=form_version(form))
    if plan.invites:
        return _(
            "De groep staat er, in oprichting. De aanvrager krijgt een mail en een uitnodiging."
        )
    return _("De groep staat er, in oprichting. Nodig nu een coördinator uit.")


def _ask(asked: FoundingRequest, form: AskBackForm) -> str:
    ask_back(asked, form.words.data, by=current_user, version=form_version(form))
    return _("Je vraag is onderweg. Het antwoord komt hier te staan.")


def _not_yet(asked: FoundingRequest, form: NotYetForm) -> str:
    answer_not_yet(asked, form.words.data, by=current_user, version=form_version(form))
    return _("Je antwoord is onderweg. Kan het later toch? Dan zeg je hier alsnog ja.")


def _answer(
    fellowship: Fellowship,
    asked: FoundingRequest,
    form: Form,
    template: str,
    deed: Callable[[FoundingRequest, Form], str],
) -> ResponseReturnValue:
    here = url_for("national_requests.show", slug=fellowship.slug, request_id=asked.id)
    if not form.is_submitted() and asked.status not in ANSWERABLE:
        return redirect(here)
    if form.validate_on_submit():
        try:
            flash(deed(asked, form), "good")
            return redirect(here, 303)
        except ChangedMeanwhile as refused:
            form.refuse(refused)
            asked = _of(fellowship, asked.id)
            form.version.data = str(asked.version)
        except Refusal as refused:
            form.refuse(refused)
    return render_template(
        template, fellowship=fellowship, form=form, **_about(fellowship, asked)
    ), form.code


def _about(fellowship: Fellowship, asked: FoundingRequest) -> dict[str, Any]:
    """Return what officers may read of a request: never its mail address."""
    return {
        "number": asked.id,
        "name": asked.name,
        "words": asked.words,
        "facts": request_facts(asked) if asked.name else request_facts(asked)[:1],
        "talk": talk_lines(asked),
        "status": RequestStatus(asked.status),
        "since": fellowship.day_of(asked.status_since),
        "is_answerable": asked.status in ANSWERABLE,
        "can_write": asked.contact is not None,
        "group": asked.group,
    }


def _of(fellowship: Fellowship, request_id: int) -> FoundingRequest:
    return request_to(fellowship.id, request_id) or abort(404)
