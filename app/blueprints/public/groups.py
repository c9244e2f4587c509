"""Group pages, and messages to a contact person."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from flask import (
    Blueprint,
    abort,
    flash,
    make_response,
    redirect,
    render_template,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext
from wtforms import EmailField, RadioField, StringField, TextAreaField

from app import clock
from app.actions.contacts import send_message
from app.blueprints.access import public
from app.blueprints.parts.calendar_card import CalendarCard, calendar_card
from app.blueprints.parts.closures import stretch
from app.blueprints.parts.coming_changes import changes_in_words
from app.blueprints.parts.listing_facts import not_on_paper
from app.blueprints.parts.meeting_lines import (
    Label,
    WeekLine,
    availability_label,
    confirmation_label,
    labels_of,
    next_in_words,
    place_in_lines,
    public_line,
    under_way_label,
    week_line,
)
from app.blueprints.parts.results import nearest_lines
from app.blueprints.public.about_group import (
    PassedOn,
    data_of,
    map_address,
    passed_on,
    questions_of,
    route_address,
)
from app.blueprints.web.form import Form, at_most, optional, required
from app.blueprints.web.languages import current
from app.blueprints.web.languages import gettext as _
from app.blueprints.web.public_form import PublicForm
from app.blueprints.web.request_checks import whole_number
from app.domain.confirmation import Freshness
from app.domain.contact import Contact
from app.domain.held import coming_meetings
from app.domain.listing import Listing, Said
from app.domain.meeting import Meeting, Status
from app.domain.newcomers import Question
from app.domain.place import Place
from app.domain.standstill import WEEKS_READ, Standstill, standstill
from app.domain.week import Week
from app.domain.zones import day_at_home
from app.formats.kinds.words import kinds_in_words
from app.formats.phone import spoken_phone
from app.formats.wording import clock_time, day_in_words, weekday_name
from app.kept.views import kept_a_minute
from app.records.finding.beside import groups_for_relatives
from app.records.groups import Group, find_group
from app.records.listings import contacts_of, listing_of, listings_of

bp = Blueprint("groups", __name__, url_prefix="/groups")

WEEKS_SHOWN = 6


@dataclass(frozen=True)
class GroupPage:
    """What `public/groups/show.html` is made of, each by its own name there."""

    listing: Listing
    kinds: list[Said]
    tab: str
    passed_on: PassedOn
    data: dict[str, Any] | None
    """For search engines, by schema.org; None of a group that they may not keep."""
    questions: tuple[Question, ...]
    not_on_paper: str
    map_href: str
    route_href: str
    """The same place, for the map program of a phone."""
    today: date
    """Where the group is."""
    coming: Meeting | None
    coming_words: tuple[str, str] | None
    coming_labels: list[Label]
    tonight_off: Meeting | None
    still_words: str
    """Of a group that is shut for weeks: until when, and why."""
    confirmation: list[Label]
    ask_first: bool
    weeks: list[WeekLine]
    changes_ahead: list[str]
    place: Place | None
    place_lines: list[str]
    contacts: list[tuple[Contact, str]]
    """Each with the number as it is read aloud."""
    takes_messages: bool
    relatives: list[dict[str, Any]]
    instead: list[dict[str, Any]]
    """Near by, for who finds a group that does not meet."""
    discreet: CalendarCard
    named: CalendarCard


class MessageForm(PublicForm, Form):
    counted_as = "message"
    contact = RadioField(lazy_gettext("Aan wie?"), coerce=whole_number, validate_choice=False)
    name = StringField(lazy_gettext("Je voornaam"), [optional(), at_most(60)])
    reply_to = EmailField(
        lazy_gettext("Je mailadres, voor het antwoord"), [required(), at_most(254)]
    )
    message = TextAreaField(lazy_gettext("Je bericht"), [required(), at_most(2000)])


@bp.get("/<slug>")
@public
@kept_a_minute
def show(slug: str) -> ResponseReturnValue:
    group = _public_group(slug)
    if group.slug != slug:
        return redirect(url_for("groups.show", slug=group.slug), 301)
    page = make_response(render_template("public/groups/show.html", **vars(_page(group))))
    if not group.may_be_indexed:
        page.headers["X-Robots-Tag"] = "noindex, nofollow"
    return page


@bp.route("/<slug>/contact", methods=["GET", "POST"])
@public
def contact(slug: str) -> ResponseReturnValue:
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
        send_message(
            group,
            form.contact.data,
            name=form.name.data or "",
            reply_to=form.reply_to.data,
            message=form.message.data,
        )
        flash(_("Je bericht is onderweg. Het antwoord komt in je mail."), "good")
        return redirect(url_for("groups.show", slug=group.slug), 303)
    return render_template(
        "public/groups/contact.html", listing=listing, form=form, takers=takers
    ), form.code


def _public_group(slug: str) -> Group:
    group = find_group(slug)
    if group is None or not group.listed:
        abort(404)
    return group


def _weeks(group: Group) -> tuple[Week, Week]:
    week = Week.at(clock.now(), group.timezone)
    return week, week + WEEKS_READ


def _page(group: Group) -> GroupPage:
    now = clock.now()
    today, here = now.astimezone(group.timezone).date(), day_at_home(now)
    relatives = groups_for_relatives(group)
    listing, *for_relatives = listings_of([group, *relatives], _weeks(group), with_contacts=False)
    listing = replace(listing, contacts=tuple(contacts_of([group.id]).get(group.id, ())))
    schedule = listing.schedule
    still = standstill(schedule, today)
    coming = still.again if still else schedule.next_meeting(now, WEEKS_SHOWN + 1)
    weeks = coming_meetings(schedule, now, WEEKS_SHOWN)
    if still and coming and coming.week > weeks[-1].week:
        weeks = list(schedule.meetings(coming.week, WEEKS_SHOWN))
    shown = coming or (weeks[0] if weeks else None)
    tonight_off = (
        None if still else next((one for one in weeks if not one.is_on and one.day == today), None)
    )
    tab = _tab(shown, listing)
    return GroupPage(
        listing=listing,
        kinds=kinds_in_words(listing, current()),
        tab=tab,
        passed_on=passed_on(listing, tab),
        data=data_of(listing, [one for one in weeks if one.ends > now])
        if group.may_be_indexed
        else None,
        questions=questions_of(listing),
        not_on_paper=not_on_paper(
            listing.name, listing.town, listing.fellowship, shown.place if shown else None
        ),
        route_href=route_address(shown.place if shown else None),
        map_href=map_address(shown.place if shown else None),
        today=today,
        coming=coming,
        coming_words=next_in_words(coming, here, for_public=True) if coming else None,
        coming_labels=[
            *under_way_label(coming, now),
            *labels_of(coming),
            *availability_label(listing),
        ]
        if coming
        else [],
        tonight_off=tonight_off,
        still_words=_still_words(still, today) if still else "",
        confirmation=confirmation_label(listing, today),
        ask_first=listing.freshness(today) is Freshness.ASK_FIRST,
        weeks=[week_line(meeting, today, for_public=True) for meeting in weeks],
        changes_ahead=changes_in_words(schedule, Week.of(today)),
        place=shown.place if shown else None,
        place_lines=place_in_lines(shown.place if shown else None, listing),
        contacts=[(one, spoken_phone(one.phone) if one.phone else "") for one in listing.contacts],
        takes_messages=any(one.takes_messages for one in listing.contacts),
        relatives=_in_order_of_day(for_relatives, now),
        instead=[] if listing.status in (Status.ACTIVE, Status.PREPARING) else nearest_lines(group),
        discreet=calendar_card(group.discreet_key, _("Afspraak")),
        named=calendar_card(group.feed_key, group.name),
    )


def _still_words(still: Standstill, today: date) -> str:
    days = stretch(still.first, still.last, today)
    words = _("Dicht %(days)s.", days=days)
    if still.reason:
        words = _("Dicht %(days)s: %(reason)s.", days=days, reason=still.reason)
    if still.again is None:
        return words
    again = _("Weer vanaf %(day)s.", day=day_in_words(still.again.day, current()))
    return f"{words} {again}"


def _tab(meeting: Meeting | None, listing: Listing) -> str:
    """Return what a tab and the history show: when and which town, never what about."""
    if meeting is None:
        return listing.town or _("Een groep")
    words = f"{weekday_name(meeting.starts.isoweekday(), current())} {clock_time(meeting.starts, current())}"
    return ", ".join(part for part in (words, listing.town) if part)


def _in_order_of_day(listings: list[Listing], now: datetime) -> list[dict[str, Any]]:
    found = [(one, one.schedule.next_or_off(now)) for one in listings]
    found.sort(key=lambda one: (one[1] is None, one[1].starts if one[1] else now))
    return [public_line(listing, meeting, now) for listing, meeting in found]
