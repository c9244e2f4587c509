"""Places, as coordinators write them down."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_login import current_user
from wtforms import BooleanField, Field, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from app import clock
from app.actions.parts.new_place import PlaceEdit
from app.actions.places import HOUSE_UNDONE_WITHIN, add_place, edit_place, put_house_back
from app.blueprints.access import my_group
from app.blueprints.web.form import (
    Agreement,
    Form,
    OneTown,
    Published,
    at_most,
    choices_of,
    optional,
)
from app.blueprints.web.kept_input import typed_on_the_way
from app.blueprints.web.languages import current
from app.blueprints.web.paging import with_query
from app.blueprints.web.refusals import pressed
from app.domain.geography.netherlands import locate
from app.domain.geography.whereabouts import spot_of
from app.domain.held import has_begun
from app.domain.place import Kind, Position
from app.domain.week import Week
from app.formats.lists.countries import country_of_zone
from app.formats.wording import day_in_words, word
from app.records.changes import house_mended
from app.records.groups import Group
from app.records.houses import Housemate, housemates, place_owned_by, places_for
from app.records.listings import schedule_of
from app.records.places import PlaceRecord

bp = Blueprint("places", __name__, url_prefix="/coordinate")


HOUSE, GROUP = "house", "group"
WEEKS_OFFERED = 12


class PlaceForm(Form):
    kind = RadioField(lazy_gettext("Waar komen jullie bij elkaar?"), default=Kind.BUILDING)
    name = StringField(lazy_gettext("Naam van het gebouw"), [optional(), at_most(120), Published()])
    street = StringField(lazy_gettext("Straat en huisnummer"), [optional(), at_most(160)])
    postcode = StringField(lazy_gettext("Postcode"), [optional(), at_most(12)])
    town = StringField(lazy_gettext("Plaats"), [at_most(80), OneTown("postcode")])
    room = StringField(lazy_gettext("Welke ruimte?"), [optional(), at_most(60), Published()])
    directions = TextAreaField(
        lazy_gettext("Zo kom je binnen"), [optional(), at_most(600), Published()]
    )
    publish_anyway = Agreement(lazy_gettext("Ja, iedereen mag dit lezen"))
    join_url = StringField(lazy_gettext("Link om online mee te doen"), [optional(), at_most(500)])
    join_phone = StringField(lazy_gettext("Of een inbelnummer"), [optional(), at_most(60)])
    join_notes = StringField(lazy_gettext("Wachtwoord of uitleg"), [optional(), at_most(300)])
    join_since = SelectField(
        lazy_gettext("Vanaf wanneer geldt wat hier staat?"), default="", validate_choice=False
    )
    join_is_public = BooleanField(lazy_gettext("Iedereen mag de link zien"))
    for_whom = RadioField(
        lazy_gettext("Voor wie verandert het adres?"),
        choices=[
            SelectChoice(HOUSE, lazy_gettext("Ook voor de andere groepen in dit gebouw")),
            SelectChoice(
                GROUP, lazy_gettext("Alleen voor onze groep: wij zitten nu ergens anders")
            ),
        ],
        default=HOUSE,
    )

    def validate_town(self, field: Field) -> None:
        if self.kind.data != Kind.ONLINE and not (field.data or locate(self.postcode.data or "")):
            raise ValidationError(_("Vul de plaats in, of een postcode."))

    def validate_join_url(self, field: Field) -> None:
        if field.data and not _is_web_address(field.data):
            raise ValidationError(_("Dit is geen link. Hij begint met https://"))

    def edit(
        self, country: str, before: PlaceRecord | None = None
    ) -> tuple[PlaceEdit, Position | None]:
        """Return what was typed, in a country (ISO 3166), with province and position.

        They stay while the address does; else the Dutch table gives them, by postcode or town.
        """
        if self.kind.data == Kind.ONLINE:
            online = PlaceEdit(
                kind=Kind.ONLINE, name=self.name.data or "", country=country, **self._joining()
            )
            return online, None
        town = self.town.data or ""
        postcode = (self.postcode.data or "").upper()
        spot = spot_of(country, postcode, town)
        position, province = (spot.position, spot.province) if spot else (None, "")
        address = (self.street.data or "", postcode, town)
        if before and address == (before.street, before.postcode, before.town):
            position, province = before.value().position, before.province
        joining = self._joining() if self.kind.data == Kind.BOTH else {}
        edit = PlaceEdit(
            kind=self.kind.data,
            name=self.name.data or "",
            street=self.street.data or "",
            postcode=postcode,
            town=town or (spot.town if spot else ""),
            province=province,
            country=country,
            directions=self.directions.data or "",
            room=self.room.data or "",
            **joining,
        )
        return edit, position

    def _joining(self) -> dict[str, Any]:
        return {
            "join_url": self.join_url.data or "",
            "join_phone": self.join_phone.data or "",
            "join_notes": self.join_notes.data or "",
            "join_is_public": self.join_is_public.data,
        }


@bp.get("/<slug>/places")
@my_group()
def index(group: Group) -> ResponseReturnValue:
    return render_template(
        "coordinate/places/index.html",
        group=group,
        places=[
            (place, housemates(group, place) if place.owner_id == group.id else [])
            for place in places_for(group, current_user.id)
        ],
        mended=house_mended(group.id, clock.now() - HOUSE_UNDONE_WITHIN),
    )


@bp.post("/<slug>/places/undo/<int:change_id>")
@my_group(fresh=True)
def put_back(group: Group, change_id: int) -> ResponseReturnValue:
    return pressed(
        lambda: put_house_back(group, change_id, by=current_user),
        _("Teruggezet. De andere groepen in het gebouw krijgen bericht."),
        then=url_for("places.index", slug=group.slug),
    )


@bp.route("/<slug>/places/new", methods=["GET", "POST"])
@my_group(fresh=True)
def new(group: Group) -> ResponseReturnValue:
    form = PlaceForm(data={"town": group.town})
    form.kind.choices = choices_of(Kind, word)
    del form.for_whom, form.join_since
    if form.validate_on_submit():
        edit, position = form.edit(country_of_zone(group.zone))
        place = add_place(group, edit, position=position, by=current_user)
        flash(_("Bewaard. Kies hieronder vanaf welke week jullie er zijn."), "good")
        back = typed_on_the_way() | {"place": str(place.id)}
        return redirect(with_query(url_for("slots.edit", slug=group.slug), back), 303)
    way = typed_on_the_way()
    return _page(
        group, form, back=with_query(url_for("slots.edit", slug=group.slug), way) if way else ""
    )


@bp.route("/<slug>/places/<int:place_id>", methods=["GET", "POST"])
@my_group(fresh=True)
def edit(group: Group, place_id: int) -> ResponseReturnValue:
    place = _own_place(group, place_id)
    form = PlaceForm(obj=place)
    form.kind.choices = choices_of(Kind, word)
    mates = housemates(group, place)
    if not mates:
        del form.for_whom
    if form.validate_on_submit():
        then = url_for("places.index", slug=group.slug)
        edit, position = form.edit(place.country, place)
        if form.join_since.data:
            _offer_weeks(form, group, place)
        edit_place(
            group,
            place,
            edit,
            position=position,
            by=current_user,
            whole_house="for_whom" not in form or form.for_whom.data != GROUP,
            join_since=_week_chosen(form),
        )
        flash(_("Bewaard."), "good")
        return redirect(then, 303)
    return _page(group, form, mates, waits=_offer_weeks(form, group, place))


def _offer_weeks(form: PlaceForm, group: Group, place: PlaceRecord) -> str:
    """Offer from which meeting on another link holds; return how one joins until then, if one waits."""
    now, language = clock.now(), current()
    this = Week.at(now, group.timezone)
    schedule = schedule_of(group, (this, this + WEEKS_OFFERED), public=False)
    coming = [one for one in schedule.meetings(this, WEEKS_OFFERED) if not has_begun(one, now)]
    form.join_since.choices = [
        ("", _("Meteen")),
        *((str(one.week), day_in_words(one.day, language)) for one in coming),
    ]
    before = place.value().join_before
    if before is None or before.until <= this:
        return ""
    if not form.is_submitted():
        form.join_since.data = str(before.until)
    joining = ", ".join(filter(None, (before.url, before.phone, before.notes)))
    day = next((one.day for one in coming if one.week >= before.until), before.until.monday)
    return _("Tot %(day)s geldt nog: %(joining)s", day=day_in_words(day, language), joining=joining)


def _week_chosen(form: PlaceForm) -> Week | None:
    offered = {value for value, _words in form.join_since.choices or ()}
    chosen = str(form.join_since.data or "")
    return Week.parse(chosen) if chosen and chosen in offered else None


def _is_web_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
        is_plain = parts.username is None and parts.port != 0
        return parts.scheme in ("http", "https") and bool(parts.hostname) and is_plain
    except ValueError:  # brackets without an address in them, or no such port
        return False


def _own_place(group: Group, place_id: int) -> PlaceRecord:
    place = place_owned_by(group, place_id)
    if place is None:
        abort(404)
    return place


def _page(
    group: Group, form: PlaceForm, mates: Sequence[Housemate] = (), back: str = "", waits: str = ""
) -> ResponseReturnValue:
    return render_template(
        "coordinate/places/edit.html",
        group=group,
        form=form,
        mates=mates,
        waits=waits,
        back=back or url_for("places.index", slug=group.slug),
        is_on_the_way=bool(back),
    ), form.code
