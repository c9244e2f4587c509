"""A group's calendars: their addresses, and another one for who needs it."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_login import current_user
from wtforms import BooleanField, RadioField
from wtforms.fields.choices import SelectChoice

from app.actions.calendars import replace_group_feed
from app.blueprints.access import my_group
from app.blueprints.parts.calendar_card import card_of
from app.blueprints.web.form import Form, required
from app.domain.feeds.feed import FeedKind
from app.records.groups import Group

bp = Blueprint("calendars", __name__, url_prefix="/coordinate")


class ReplaceForm(Form):
    kind = RadioField(
        lazy_gettext("Welke agenda krijgt een nieuw adres?"),
        [required(lazy_gettext("Kies een van de twee."))],
        choices=[
            SelectChoice(
                FeedKind.DISCREET, lazy_gettext("De agenda waarin alleen ‘Afspraak’ staat")
            ),
            SelectChoice(FeedKind.NAMED, lazy_gettext("De agenda met de naam van de groep")),
        ],
        default="",
    )
    is_abused = BooleanField(
        lazy_gettext("Iemand maakt misbruik van het oude adres: sluit het meteen")
    )


@bp.route("/<slug>/calendar", methods=["GET", "POST"])
@my_group(fresh=True)
def show(group: Group) -> ResponseReturnValue:
    form = ReplaceForm()
    if form.does(
        lambda: replace_group_feed(
            group, FeedKind(form.kind.data), is_abused=form.is_abused.data, by=current_user
        )
    ):
        flash(_("Gedaan. De agenda heeft een nieuw adres. Deel dat opnieuw."), "good")
        return redirect(url_for(".show", slug=group.slug), 303)
    cards = [
        card_of(url_for("feeds.show", key=key), "") for key in (group.discreet_key, group.feed_key)
    ]
    return render_template(
        "coordinate/calendars/show.html", group=group, form=form, cards=cards
    ), form.code
