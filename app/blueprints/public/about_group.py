"""What a group's page tells search engines, chats that show a link, and who has never been there."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import current_app, url_for

from app.blueprints.web.languages import current
from app.blueprints.web.languages import gettext as _
from app.blueprints.web.static_files import address
from app.domain.listing import Listing
from app.domain.meeting import MEETS, Meeting
from app.domain.newcomers import Question, questions_in
from app.domain.place import Place
from app.formats.printed.qr import QrCode, qr_code
from app.formats.schema_org import event

_LOCALES = {
    "nl": "nl_NL", "en": "en_GB", "de": "de_DE", "fr": "fr_FR", "pl": "pl_PL", "tr": "tr_TR",
    "uk": "uk_UA", "ar": "ar_AR",
}  # fmt: skip
"""As Open Graph names them (ogp.me, og:locale)."""


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
    welcome, free = _("Kom gerust een keer langs. Je hoeft niets te zeggen."), _("Het kost niets.")
    return PassedOn(
        address=page,
        title=tab,
        description=welcome,
        found_as=f"{tab}. {listing.name}, {listing.fellowship.name}. {welcome} {free}",
        image=_whole(address("icon-512.png")),
        locale=_LOCALES[current()],
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


def route_address(place: Place | None) -> str:
    """Return where a phone begins a route, in the map program of its owner (RFC 5870 3.4.1)."""
    if place is None or place.position is None:
        return ""
    return f"geo:{place.position.latitude:.5f},{place.position.longitude:.5f}"


def questions_of(listing: Listing) -> tuple[Question, ...]:
    """Return what a newcomer asks, answered by the fellowship, or by the house in general.

    A reader of another language gets the house's words: better general than not understood.
    """
    said = listing.fellowship.said("newcomers", current())
    own = questions_in(said.text)
    if own and said.language == current():
        return own
    return (
        Question(
            _("Wie kan ik bellen?") if _has_phone(listing) else _("Wie kan ik iets vragen?"),
            _whom(listing),
        ),
        Question(
            _("Mag ik iemand meenemen?"),
            _guests(listing),
        ),
        Question(_("Wat kost het?"), _("Niets. Soms gaat er een pot rond. Geven hoeft niet.")),
        Question(
            _("Moet ik iets vertellen?"),
            _("Nee. Ieder vertelt om de beurt. We luisteren; we reageren niet op elkaar."),
        ),
    )


def _guests(listing: Listing) -> str:
    if listing.is_open is None:
        return _("Vraag dat even van tevoren. De groep heeft het niet laten weten.")
    if listing.is_open:
        return _("Ja. Iedereen mag komen kijken.")
    return _("Vraag dat even van tevoren. Deze bijeenkomst is voor wie zelf mee wil doen.")


def _has_phone(listing: Listing) -> bool:
    return any(one.phone for one in listing.contacts)


def _whom(listing: Listing) -> str:
    if _has_phone(listing):
        return _("De contactpersoon. Het nummer staat onder “Vragen?”.")
    if listing.contacts:
        return _("Schrijf de contactpersoon. Dat kan onder “Vragen?”.")
    return _("Deze groep heeft nu geen contactpersoon. Vraag het de organisatie.")


def _whole(path: str) -> str:
    return f"{current_app.config['TWAALF_PUBLIC_URL']}{path}"
