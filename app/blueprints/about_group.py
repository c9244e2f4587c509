"""What a group's page tells search engines, chats that show a link, and who has never been there."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import current_app, url_for
from flask_babel import gettext as _

from app.blueprints.languages import current
from app.blueprints.static_files import address
from app.domain.listing import Listing
from app.domain.meeting import MEETS, Meeting
from app.domain.newcomers import Question, questions_in
from app.domain.place import Place
from app.formats.qr import QrCode, qr_code
from app.formats.schema_org import event


@dataclass(frozen=True)
class PassedOn:
    """What a link to a group shows elsewhere: never what the group is about."""

    address: str
    """Whole, without a query: one page, one address."""
    title: str
    description: str
    found_as: str
    """The line under a search result, which who searches may read: it names the fellowship."""
    image: str
    locale: str
    code: QrCode


def passed_on(listing: Listing, tab: str) -> PassedOn:
    """Return what travels with the page's address; `tab` is its neutral title."""
    page = _whole(url_for("groups.show", slug=listing.slug))
    welcome = _("Kom gerust een keer langs. Je hoeft niets te zeggen.")
    return PassedOn(
        address=page,
        title=tab,
        description=welcome,
        found_as=f"{tab}. {listing.name}, {listing.fellowship.name}. {welcome} {_('Het kost niets.')}",
        image=_whole(address("icon-512.png")),
        locale={"nl": "nl_NL", "en": "en_GB"}[current()],
        code=qr_code(page),
    )


def data_of(listing: Listing, meetings: Sequence[Meeting]) -> dict[str, Any] | None:
    """Return the group as schema.org data, if it meets or will, and its time is known."""
    if listing.status not in MEETS or not meetings:
        return None
    return event(
        listing,
        meetings,
        page=_whole(url_for("groups.show", slug=listing.slug)),
        fellowship=_whole(url_for("fellowships.show", slug=listing.fellowship.slug)),
    )


def map_address(place: Place | None) -> str:
    """Return where a map shows a place, if all of it may be seen: opened by a tap, never before."""
    if place is None or place.position is None:
        return ""
    spot = f"{place.position.latitude:.5f}", f"{place.position.longitude:.5f}"
    return (
        f"https://www.openstreetmap.org/?mlat={spot[0]}&mlon={spot[1]}#map=17/{spot[0]}/{spot[1]}"
    )


def questions_of(listing: Listing) -> tuple[Question, ...]:
    """Return what a newcomer asks, answered by the fellowship, or by the house in general.

    A reader of another language gets the house's words: better general than not understood.
    """
    own = questions_in(listing.fellowship.newcomers)
    if own and listing.fellowship.language == current():
        return own
    return (
        Question(_("Wie kan ik bellen?"), _whom(listing)),
        Question(
            _("Mag ik iemand meenemen?"),
            _("Ja. Iedereen mag komen kijken.")
            if listing.is_open
            else _("Vraag dat even van tevoren. Deze avond is voor wie zelf mee wil doen."),
        ),
        Question(_("Wat kost het?"), _("Niets. Soms gaat er een pot rond. Geven hoeft niet.")),
        Question(
            _("Moet ik iets vertellen?"),
            _("Nee. Ieder vertelt om de beurt. We luisteren; we reageren niet op elkaar."),
        ),
    )


def _whom(listing: Listing) -> str:
    if any(one.phone for one in listing.contacts):
        return _("De contactpersoon. Het nummer staat onder “Vragen?”.")
    if listing.contacts:
        return _("Schrijf de contactpersoon. Dat kan onder “Vragen?”.")
    return _("Deze groep heeft nu geen contactpersoon. Vraag het de organisatie.")


def _whole(path: str) -> str:
    return current_app.config["TWAALF_PUBLIC_URL"] + path
