"""Group pages, and messages to a contact person."""

from datetime import date, datetime

from flask import (
    Blueprint,
    abort,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from wtforms import EmailField, RadioField, StringField, TextAreaField

from app import clock
from app.actions.contacts import send_message
from app.blueprints import limits
from app.blueprints.about_group import data_of, map_address, passed_on, questions_of
from app.blueprints.access import public
from app.blueprints.ahead import changes_in_words
from app.blueprints.calendars import calendar_card
from app.blueprints.closing import stretch
from app.blueprints.form import Form, at_most, optional, required
from app.blueprints.languages import current
from app.blueprints.lines import (
    availability_label,
    confirmation_label,
    labels_of,
    meeting_line,
    next_in_words,
    place_in_lines,
    week_line,
)
from app.domain.confirmation import Freshness
from app.domain.listing import Listing
from app.domain.meeting import Meeting, Status
from app.domain.standstill import WEEKS_READ, Standstill, standstill
from app.domain.week import Week
from app.formats.phone import spoken_phone
from app.formats.wording import clock_time, day_in_words, weekday_name
from app.records.finder import groups_for_relatives
from app.records.groups import Group, find_group
from app.records.listings import listing_of, listings_of

bp = Blueprint("groups", __name__, url_prefix="/groups")

WEEKS_SHOWN = 6


class MessageForm(limits.PublicForm, Form):
    contact = RadioField(lazy_gettext("Aan wie?"), coerce=int, validate_choice=False)
    name = StringField(lazy_gettext("Je voornaam"), [optional(), at_most(60)])
    reply_to = EmailField(
        lazy_gettext("Je mailadres, voor het antwoord"), [required(), at_most(254)]
    )
    message = TextAreaField(lazy_gettext("Je bericht"), [required(), at_most(2000)])


@bp.get("/<slug>")
@public
def show(slug: str):
    group = _public_group(slug)
    if group.slug != slug:
        return redirect(url_for("groups.show", slug=group.slug), 301)
    page = make_response(render_template("groups/show.html", **_page(group)))
    if not group.may_be_indexed:
        page.headers["X-Robots-Tag"] = "noindex, nofollow"
    return page


@bp.route("/<slug>/contact", methods=["GET", "POST"])
@public
@limits.rated("message", limits.MESSAGE_RATE)
def contact(slug: str):
    group = _public_group(slug)
    if group.slug != slug:
        return redirect(url_for("groups.contact", slug=group.slug), 308)
    listing = listing_of(group, _weeks(group))
    takers = [one for one in listing.contacts if one.takes_messages]
    form = MessageForm()
    form.contact.choices = [(one.position, one.name) for one in takers]
    if form.contact.data not in [one.position for one in takers]:
        form.contact.data = takers[0].position if takers else None
    if takers and form.validate_on_submit():
        if not form.is_from_robot():
            send_message(
                group,
                form.contact.data,
                name=form.name.data or "",
                reply_to=form.reply_to.data,
                message=form.message.data,
            )
        flash(_("Je bericht is onderweg. Het antwoord komt in je mail."), "good")
        return redirect(url_for("groups.show", slug=group.slug), 303)
    status = 422 if request.method == "POST" else 200
    return render_template("groups/contact.html", listing=listing, form=form, takers=takers), status


def _public_group(slug: str) -> Group:
    group = find_group(slug)
    if group is None or not group.listed:
        abort(404)
    return group


def _weeks(group: Group) -> tuple[Week, Week]:
    week = Week.at(clock.now(), group.timezone)
    return week, week + WEEKS_READ


def _page(group: Group) -> dict:
    now = clock.now()
    today = now.astimezone(group.timezone).date()
    relatives = groups_for_relatives(group)
    listing, *for_relatives = listings_of([group, *relatives], _weeks(group))
    schedule = listing.schedule
    still = standstill(schedule, today)
    coming = still.again if still else schedule.next_meeting(now, WEEKS_SHOWN + 1)
    first = min((slot.since for slot in schedule.slots), default=Week.of(today))
    start = max(Week.of(today), first if schedule.status is Status.PREPARING else Week.of(today))
    weeks = list(schedule.meetings(start, WEEKS_SHOWN))
    if still and coming and coming.week > weeks[-1].week:
        weeks = list(schedule.meetings(coming.week, WEEKS_SHOWN))
    shown = coming or (weeks[0] if weeks else None)
    tonight_off = (
        None if still else next((one for one in weeks if not one.is_on and one.day == today), None)
    )
    tab = _tab(shown, listing)
    return {
        "listing": listing,
        "tab": tab,
        "passed_on": passed_on(listing, tab),
        "data": data_of(listing, [one for one in weeks if one.ends > now])
        if group.may_be_indexed
        else None,
        "questions": questions_of(listing),
        "map_href": map_address(shown.place if shown else None),
        "today": today,
        "coming": coming,
        "coming_words": next_in_words(coming, today) if coming else None,
        "coming_labels": [*labels_of(coming), *availability_label(listing)] if coming else [],
        "tonight_off": tonight_off,
        "still_words": _still_words(still, today) if still else "",
        "confirmation": confirmation_label(listing, today),
        "ask_first": listing.freshness(today) is Freshness.ASK_FIRST,
        "weeks": [week_line(meeting, today) for meeting in weeks],
        "changes_ahead": changes_in_words(schedule, Week.of(today)),
        "place": shown.place if shown else None,
        "place_lines": place_in_lines(shown.place if shown else None, listing),
        "contacts": [
            (one, spoken_phone(one.phone) if one.phone else "") for one in listing.contacts
        ],
        "takes_messages": any(one.takes_messages for one in listing.contacts),
        "relatives": _in_order_of_day(for_relatives, now, today),
        "discreet": calendar_card(group.discreet_key, _("Afspraak")),
        "named": calendar_card(group.feed_key, group.name),
    }


def _still_words(still: Standstill, today: date) -> str:
    days = stretch(still.first, still.last, today)
    words = _("Dicht %(days)s.", days=days)
    if still.reason:
        words = _("Dicht %(days)s: %(reason)s.", days=days, reason=still.reason)
    if still.again is None:
        return words
    return f"{words} {_('Weer vanaf %(day)s.', day=day_in_words(still.again.day, current()))}"


def _tab(meeting: Meeting | None, listing: Listing) -> str:
    """Return what a tab and the history show: when and which town, never what about."""
    if meeting is None:
        return listing.town or _("Een groep")
    words = f"{weekday_name(meeting.starts.isoweekday(), current())} {clock_time(meeting.starts, current())}"
    return ", ".join(part for part in (words, listing.town) if part)


def _in_order_of_day(listings: list[Listing], now: datetime, today: date) -> list[dict]:
    found = [(one, one.schedule.next_or_off(now)) for one in listings]
    found.sort(key=lambda one: (one[1] is None, one[1].starts if one[1] else now))
    return [meeting_line(listing, meeting, today) for listing, meeting in found]
