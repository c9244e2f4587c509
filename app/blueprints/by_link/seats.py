"""A participant's own page: their seat or place in line, found by the key in its address alone."""

from datetime import datetime
from typing import Any

from flask import (
    Blueprint,
    Response,
    current_app,
    flash,
    jsonify,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from wtforms import BooleanField, EmailField, StringField

from app import clock
from app.actions.seats import (
    choose_alias,
    confirm_seat,
    leave_seat,
    replace_personal_feed,
    set_letters,
)
from app.blueprints.access import came_by_mail, participant, public
from app.blueprints.parts.calendar_card import calendar_card
from app.blueprints.parts.evening import own_evenings
from app.blueprints.parts.meeting_lines import labels_of, next_in_words, place_in_lines, week_line
from app.blueprints.parts.results import nearest_lines
from app.blueprints.parts.sponsors import sponsor_part
from app.blueprints.web import limits
from app.blueprints.web.form import Form, at_most, optional, required
from app.blueprints.web.languages import current
from app.domain.feeds.feed import FeedKind
from app.domain.held import coming_meetings
from app.domain.inside.handing_over import is_news
from app.domain.keys import personal_key
from app.domain.seating import NotShownYet
from app.domain.week import Week
from app.formats.wording import clock_time, day_in_words
from app.records.accounts import RoleRecord, coordinators_of
from app.records.evenings import absences_of, tasks_of
from app.records.exchange.held_texts import kept_for_participants
from app.records.groups import Group
from app.records.inside.announcements import Announcement, announcements_of
from app.records.letters import letters_to
from app.records.listings import listing_of, schedule_of
from app.records.participants import ParticipantRecord, position_in_line

bp = Blueprint("seats", __name__, url_prefix="/seat/<token>")

WEEKS_SHOWN = 6
LETTERS_RATE = "10/hour"


@bp.record_once
def _attach(state: Any) -> None:
    state.app.extensions["csrf"].exempt(letters_off)


class LettersForm(Form):
    contact = EmailField(
        lazy_gettext("Je mailadres"),
        [optional(), at_most(254)],
    )
    wanted = BooleanField(lazy_gettext("Stuur me mail over mijn plek"))


class NameForm(Form):
    alias = StringField(lazy_gettext("Je naam hier"), [required(), at_most(40)])


@bp.get("")
@public
def show(token: str) -> ResponseReturnValue:
    return render_template("by_link/seats/show.html", **_page(token, participant(token)))


@bp.post("/confirm")
@public
def confirm(token: str) -> ResponseReturnValue:
    person = participant(token)
    try:
        confirm_seat(token, by_mail=came_by_mail(token))
    except NotShownYet:
        page = _page(token, person)
        return render_template("by_link/seats/show.html", not_yet=True, **page), 422
    if participant(token).seat is None:
        flash(_("Dank je wel. De groep is vol; je houdt je plek op de wachtlijst."), "good")
    else:
        flash(_("Dank je wel. We rekenen op je."), "good")
    return _back(token)


@bp.route("/leave", methods=["GET", "POST"])
@public
def leave(token: str) -> ResponseReturnValue:
    person = participant(token)
    if request.method == "POST":
        leave_seat(token)
        flash(
            _(
                "Je plek is vrij voor een ander. Alles wat we van je bewaarden, is gewist."
                " Had je de agenda op je telefoon? Haal hem daar ook weg, bij je agenda’s of abonnementen."
            ),
            "good",
        )
        return redirect(url_for("finder.show"), 303)
    return render_template("by_link/seats/leave.html", token=token, waits=_state(person) == "line")


@bp.route("/name", methods=["GET", "POST"])
@public
def name(token: str) -> ResponseReturnValue:
    person = participant(token)
    form = NameForm(alias=person.alias)
    if form.validate_on_submit():
        choose_alias(token, " ".join(form.alias.data.split()))
        flash(_("Bewaard."), "good")
        return _back(token)
    return render_template("by_link/seats/name.html", token=token, form=form), form.code


@bp.route("/letters", methods=["GET", "POST"])
@public
@limits.rated("seat_letters", LETTERS_RATE)
def letters(token: str) -> ResponseReturnValue:
    person = participant(token)
    form = LettersForm(contact=person.contact or "", wanted=person.wants_letters)
    if form.validate_on_submit():
        contact = form.contact.data or ""
        if form.wanted.data and not contact:
            form.contact.errors = [_("Vul een mailadres in, anders kunnen we niets sturen.")]
        else:
            set_letters(token, wanted=form.wanted.data, contact=contact)
            flash(_("Bewaard."), "good")
            return _back(token)
    return render_template("by_link/seats/letters.html", token=token, form=form), form.code


@bp.route("/letters/off", methods=["GET", "POST"])
@public
def letters_off(token: str) -> ResponseReturnValue:
    """Turn letters off by one POST of a mail program, which has no session (RFC 8058 3.1).

    That one POST is told by its body and needs no CSRF token: who could forge it has the key, and
    could as well open the page. Our own form asks for one as everywhere.
    """
    participant(token)
    if request.method == "POST":
        if request.form.get("List-Unsubscribe") != "One-Click":
            current_app.extensions["csrf"].protect()
        set_letters(token, wanted=False)
        flash(_("Je krijgt geen mail meer over je plek."), "good")
        return _back(token)
    return render_template("by_link/seats/letters_off.html", token=token)


@bp.post("/feed")
@public
def replace_feed(token: str) -> ResponseReturnValue:
    replace_personal_feed(token, is_abused=request.form.get("abused") == "yes")
    flash(
        _(
            "Je agenda heeft een nieuw adres. Zet dat in je telefoon, en haal de oude agenda eruit:"
            " in het oude adres staat niets meer."
        ),
        "good",
    )
    return redirect(url_for("seats.show", token=token, _anchor="agenda"), 303)


@bp.get("/data.json")
@public
def data(token: str) -> Response:
    """Give all that is stored about this person, as a file to keep."""
    answer = jsonify(_stored(participant(token)))
    answer.headers["Content-Disposition"] = 'attachment; filename="gegevens.json"'
    return answer


def _back(token: str) -> ResponseReturnValue:
    return redirect(url_for("seats.show", token=token), 303)


def _page(token: str, person: ParticipantRecord) -> dict[str, Any]:
    group: Group = person.group
    now = clock.now()
    today = group.day_of(now)
    week = Week.at(now, group.timezone)
    weeks = (week, week + WEEKS_SHOWN)
    state = _state(person)
    # The address of a closed meeting and the join link are for whose seat it is.
    schedule = schedule_of(group, weeks, public=not person.is_settled)
    listing = listing_of(group, weeks)
    coming = schedule.next_meeting(now, WEEKS_SHOWN + 1)
    meetings = coming_meetings(schedule, now, WEEKS_SHOWN)
    shown = coming or (meetings[0] if meetings else None)
    return {
        "token": token,
        "proof": request.values.get("m", "") if came_by_mail(token) else "",
        "person": person,
        "group": group,
        "listing": listing,
        "state": state,
        "until": _until(person.held_until, group) if person.held_until else "",
        "position": position_in_line(person) if state == "line" else None,
        "nearest": nearest_lines(group) if state == "line" else [],
        "coming": coming,
        "coming_words": next_in_words(coming, today) if coming else None,
        "coming_labels": labels_of(coming) if coming else [],
        "weeks": [week_line(meeting, today) for meeting in meetings],
        "place": shown.place if shown else None,
        "kept": kept_for_participants(group.id) if person.is_settled else [],
        "place_lines": place_in_lines(shown.place if shown else None, listing),
        "said": _said(person, state),
        "evenings": own_evenings(person, schedule),
        "discreet": calendar_card(_feed(token, person, FeedKind.DISCREET), _("Afspraak")),
        "named": calendar_card(_feed(token, person, FeedKind.NAMED), group.name),
        "address": current_app.config["TWAALF_PUBLIC_URL"] + url_for("seats.show", token=token),
        "stored": _stored(person),
        "readers": _readers(person),
        "taken_over": person.is_settled and is_news(group.taken_over_on, person.joined_on, today),
        "part": sponsor_part(person) if person.is_settled else None,
        "takes_messages": any(one.takes_messages for one in listing.contacts),
    }


def _readers(person: ParticipantRecord) -> list[RoleRecord]:
    """Return the new coordinators whom this person can still keep from reading the circle."""
    if not person.is_settled:
        return []
    now = clock.now()
    return [role for role in coordinators_of(person.group_id) if role.may_be_objected_to(now)]


def _said(person: ParticipantRecord, state: str) -> list[Announcement]:
    """Return what the coordinators told the circle, as far as it is for this person too."""
    if state not in ("seat", "line"):
        return []
    return announcements_of(person.group_id, clock.now(), for_line=state == "line")


def _feed(token: str, person: ParticipantRecord, kind: FeedKind) -> str:
    return personal_key(token, person.feed_number, kind)


def _state(person: ParticipantRecord) -> str:
    """Return `seat`, `line`, or the hold: who merely asked reads the same with a seat and without."""
    return person.hold or ("line" if person.seat is None else "seat")


def _until(moment: datetime, group: Group) -> str:
    """Return `woensdag 25 november, 12.00` by the clock of the group."""
    there = moment.astimezone(group.timezone)
    return f"{day_in_words(there.date(), current())}, {clock_time(there, current())}"


def _stored(person: ParticipantRecord) -> dict[str, Any]:
    """Return a participant's own row and the letters to them; keys are left out, being hashes."""
    return {
        "group": person.group.name,
        "name": person.alias,
        "contact": person.contact,
        "wants_letters": person.wants_letters,
        "mail_refused_at": person.mail_refused_at,
        "language": person.language,
        "consent": {"at": person.consent_at, "text": person.consent_text},
        # Not which seat: the lowest free one is given, and tells how many there are.
        "place": _state(person),
        "place_in_line": position_in_line(person) if _state(person) == "line" else None,
        "held_until": person.held_until,
        "joined_on": person.joined_on,
        "confirmed_on": person.confirmed_on,
        "asked_on": person.asked_on,
        "cannot_come_in": sorted(map(str, absences_of(person.id))),
        "tasks": [{"week": str(week), "task": task} for week, task in tasks_of(person.id)],
        "willing_to_sponsor": person.is_willing,
        "looking_for_sponsor": person.is_looking,
        "letters": [
            {
                "kind": letter.kind,
                "written_at": letter.written_at,
                "sent_at": letter.sent_at,
                "given_up_at": letter.given_up_at,
            }
            for letter in letters_to(person)
        ],
    }
