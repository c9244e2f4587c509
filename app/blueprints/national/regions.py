"""The regions that a fellowship draws for itself, and the figures of each."""

from collections.abc import Sequence

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_login import current_user
from wtforms import Field, StringField, TextAreaField
from wtforms.validators import ValidationError

from app import clock
from app.actions.national.regions import draw_region, erase_region, redraw_region
from app.blueprints.access import my_fellowship, my_region
from app.blueprints.national.figures import look_at, overview_page
from app.blueprints.national.within import Within
from app.blueprints.web.form import Form, at_most, required
from app.blueprints.web.refusals import pressed, refusal_in_words
from app.domain.geography.region import (
    NotAPart,
    RegionPart,
    TooManyRegions,
    part_in_words,
    parts_in,
)
from app.records.fellowships import Fellowship
from app.records.figures import Scope, shares_by_region
from app.records.group_lists.by_region import by_region
from app.records.group_lists.sight import Sight
from app.records.regions import LONGEST_NAME, Region, region_of_fellowship, regions_of

bp = Blueprint("national_regions", __name__, url_prefix="/national")


class RegionForm(Form):
    name = StringField(lazy_gettext("Naam"), [required(), at_most(LONGEST_NAME)])
    drawn_of = TextAreaField(lazy_gettext("Wat hoort erbij?"), [required(), at_most(8000)])

    parts: Sequence[RegionPart] = ()

    def validate_drawn_of(self, field: Field) -> None:
        try:
            self.parts = parts_in(field.data)
        except (NotAPart, TooManyRegions) as refused:
            raise ValidationError(refusal_in_words(refused)[1]) from refused


@bp.get("/<slug>/regions")
@my_fellowship()
def index(fellowship: Fellowship) -> ResponseReturnValue:
    today = clock.today()
    regions = regions_of(fellowship.id)
    among = by_region(fellowship.id, regions, today)
    shares = shares_by_region(regions, among, Scope(fellowship.id), today)
    drawn_of = {one.id: ", ".join(map(part_in_words, one.parts)) for one in regions}
    return render_template(
        "national/regions/index.html", fellowship=fellowship, shares=shares, drawn_of=drawn_of
    )


@bp.get("/<slug>/regions/<int:region_id>")
@my_region(or_overseer=True)
def show(sight: Sight, region_id: int) -> ResponseReturnValue:
    region = _known(sight.fellowship, region_id)
    if not sight.sees(region.id):
        abort(404)
    return overview_page(look_at(Within(sight.fellowship, region=region)))


@bp.route("/<slug>/regions/new", methods=["GET", "POST"])
@my_fellowship(fresh=True)
def new(fellowship: Fellowship) -> ResponseReturnValue:
    form = RegionForm()
    if form.does(
        lambda: draw_region(fellowship, form.name.data or "", form.parts, by=current_user)
    ):
        flash(_("De regio staat er. De cijfers zijn al bijgewerkt."), "good")
        return redirect(url_for("national_regions.index", slug=fellowship.slug), 303)
    page = render_template(
        "national/regions/edit.html", fellowship=fellowship, form=form, region=None
    )
    return page, form.code


@bp.route("/<slug>/regions/<int:region_id>/edit", methods=["GET", "POST"])
@my_fellowship(fresh=True)
def edit(fellowship: Fellowship, region_id: int) -> ResponseReturnValue:
    region = _known(fellowship, region_id)
    form = RegionForm(
        data={"name": region.name, "drawn_of": "\n".join(map(part_in_words, region.parts))}
    )
    name = form.name.data or ""
    if form.does(lambda: redraw_region(fellowship, region_id, name, form.parts, by=current_user)):
        flash(_("Bewaard. De cijfers zijn al bijgewerkt."), "good")
        return redirect(url_for("national_regions.index", slug=fellowship.slug), 303)
    page = render_template(
        "national/regions/edit.html", fellowship=fellowship, form=form, region=region
    )
    return page, form.code


@bp.post("/<slug>/regions/<int:region_id>/erase")
@my_fellowship(fresh=True)
def erase(fellowship: Fellowship, region_id: int) -> ResponseReturnValue:
    name = _known(fellowship, region_id).name
    return pressed(
        lambda: erase_region(fellowship, region_id, by=current_user),
        _("De regio %(name)s is weg. De groepen blijven zoals ze zijn.", name=name),
        then=url_for("national_regions.index", slug=fellowship.slug),
    )


def _known(fellowship: Fellowship, region_id: int) -> Region:
    return region_of_fellowship(fellowship.id, region_id) or abort(404)
