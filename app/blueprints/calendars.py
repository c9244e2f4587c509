"""The subscribe card in words: a link for each calendar program, and how long each takes."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from flask import current_app, url_for
from flask_babel import gettext as _

from app.formats.subscribe import Program, subscribe_links


@dataclass(frozen=True)
class CalendarLink:
    name: str
    href: str
    wait: str
    """How long a change takes to arrive, as far as the program's makers say."""


@dataclass(frozen=True)
class CalendarCard:
    """One feed: its whole address, and links in the order of the card."""

    address: str
    links: tuple[CalendarLink, ...]
    reaches_everyone: bool
    """Google and Outlook.com fetch from their own servers: not from a site on this machine."""


def calendar_card(key: str, name: str) -> CalendarCard:
    """Return the card of one feed; `name` is what Outlook calls the calendar."""
    return card_of(url_for("feeds.show", key=key), name)


def card_of(path: str, name: str) -> CalendarCard:
    """Return the card of the feed at a path of this site."""
    public_url = current_app.config["TWAALF_PUBLIC_URL"]
    address = public_url + path
    words = {
        Program.APPLE: ("Apple", _("meestal binnen een uur")),
        Program.GOOGLE: ("Google", _("een halve dag tot een dag")),
        Program.OUTLOOK_COM: ("Outlook.com", _("drie uur tot een dag")),
        Program.OFFICE: (_("Outlook van werk of school"), _("drie uur tot een dag")),
        Program.OUTLOOK_DESKTOP: (_("Outlook op de computer"), _("binnen een uur")),
        Program.THUNDERBIRD: ("Thunderbird", _("binnen een half uur")),
    }
    links = tuple(
        CalendarLink(words[link.program][0], link.href, words[link.program][1])
        for link in subscribe_links(address, name)
        if link.program in words
    )
    return CalendarCard(address, links, urlsplit(public_url).scheme == "https")
