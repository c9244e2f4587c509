"""The subscribe card in words: for each device its programs, what to press there, how long it takes."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from flask import after_this_request, current_app, request, url_for
from flask.wrappers import Response

from app.blueprints.web.languages import gettext as _
from app.formats.ical.subscribe import Device, Program, device_in, subscribe_links


@dataclass(frozen=True)
class CalendarProgram:
    name: str
    href: str
    """Empty when no link opens it: then the words say where the address goes."""
    how: str
    wait: str
    """How long a change takes to arrive, as far as the program's makers say."""


@dataclass(frozen=True)
class CalendarWay:
    """What to do on one kind of device."""

    title: str
    programs: tuple[CalendarProgram, ...]
    is_open: bool = False


@dataclass(frozen=True)
class CalendarCard:
    """One feed: its whole address, and a way for each device, the asker's own first."""

    address: str
    ways: tuple[CalendarWay, ...]
    reaches_everyone: bool
    """Google and Outlook.com fetch from their own servers: not from a site on this machine."""


def calendar_card(key: str, name: str) -> CalendarCard:
    """Return the card of one feed; `name` is what Outlook calls the calendar.

    The browser's name decides which way is unfolded, and nothing else: all are there.
    """
    return card_of(url_for("feeds.show", key=key), name, device_asking())


def device_asking() -> Device | None:
    """Return the device that asks, and let caches know that the answer depends on it."""

    @after_this_request
    def _vary(response: Response) -> Response:
        response.vary.add("User-Agent")
        return response

    return device_in(request.user_agent.string)


def card_of(path: str, name: str, device: Device | None = None) -> CalendarCard:
    """Return the card of the feed at a path of this site, with the way of a device unfolded."""
    public_url = current_app.config["TWAALF_PUBLIC_URL"]
    address = public_url + path
    links = {link.program: link.href for link in subscribe_links(address, name)}
    ways = {
        Device.ANDROID: CalendarWay(_("Telefoon met Android"), _on_android(links)),
        Device.APPLE: CalendarWay(_("iPhone, iPad of Mac"), _on_apple(links)),
        Device.WINDOWS: CalendarWay(_("Windows of Outlook"), _on_windows(links)),
        Device.LINUX: CalendarWay(_("Linux of Thunderbird"), _on_linux(links)),
    }
    in_order = sorted(ways, key=lambda one: one is not device)
    return CalendarCard(
        address,
        tuple(
            CalendarWay(ways[one].title, ways[one].programs, is_open=one is device)
            for one in in_order
        ),
        urlsplit(public_url).scheme == "https",
    )


def _on_android(links: dict[Program, str]) -> tuple[CalendarProgram, ...]:
    return (
        CalendarProgram(
            _("Google Agenda"),
            links[Program.GOOGLE],
            _(
                "Dit kan alleen op een computer. Open daar deze pagina, log in bij Google en druk op "
                "deze knop. Daarna staat de agenda ook op je telefoon."
            ),
            _("een halve dag tot een dag"),
        ),
        CalendarProgram(
            "ICSx5",
            links[Program.ICSX5],
            _(
                "Zet eerst de app ICSx5 op je telefoon. Druk dan op deze knop, of druk in ICSx5 op + "
                "en plak het adres hieronder. Gebruik je DAVx5? Ook dan heb je ICSx5 nodig."
            ),
            _("zo vaak als je zelf kiest"),
        ),
    )


def _on_apple(links: dict[Program, str]) -> tuple[CalendarProgram, ...]:
    return (
        CalendarProgram(
            "Apple",
            links[Program.APPLE],
            _(
                "Druk op de knop en kies ‘Abonneer’. Gebeurt er niets? Open de app Agenda, kies "
                "‘Voeg agenda-abonnement toe’ en plak het adres hieronder."
            ),
            _("meestal binnen een uur"),
        ),
    )


def _on_windows(links: dict[Program, str]) -> tuple[CalendarProgram, ...]:
    log_in = _("Log in bij Outlook en kies ‘Importeren’.")
    wait = _("drie uur tot een dag")
    return (
        CalendarProgram("Outlook.com", links[Program.OUTLOOK_COM], log_in, wait),
        CalendarProgram(_("Outlook van werk of school"), links[Program.OFFICE], log_in, wait),
        CalendarProgram(
            _("Outlook op de computer"),
            links[Program.OUTLOOK_DESKTOP],
            _(
                "Gebeurt er niets? Kies in Outlook ‘Agenda toevoegen’, dan ‘Abonneren via "
                "internet’, en plak het adres hieronder."
            ),
            _("binnen een uur"),
        ),
        _google_on_a_computer(links),
    )


def _on_linux(links: dict[Program, str]) -> tuple[CalendarProgram, ...]:
    return (
        CalendarProgram(
            "Thunderbird",
            "",
            _("Kies ‘Nieuwe agenda’, dan ‘Op het netwerk’, en plak het adres hieronder."),
            _("binnen een half uur"),
        ),
        CalendarProgram(
            _("Evolution of GNOME Agenda"),
            "",
            _("Voeg een agenda ‘van het web’ toe en plak het adres hieronder."),
            _("zo vaak als je zelf kiest"),
        ),
        _google_on_a_computer(links),
    )


def _google_on_a_computer(links: dict[Program, str]) -> CalendarProgram:
    return CalendarProgram(
        _("Google Agenda"),
        links[Program.GOOGLE],
        _("Log in bij Google en kies ‘Toevoegen’. Daarna staat de agenda ook op je telefoon."),
        _("een halve dag tot een dag"),
    )
