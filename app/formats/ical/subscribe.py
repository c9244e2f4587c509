"""Links with which a calendar program subscribes to a feed, and which device it would be on."""

from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import quote


class Program(StrEnum):
    APPLE = "apple"
    ICSX5 = "icsx5"
    OUTLOOK_DESKTOP = "outlook_desktop"
    GOOGLE = "google"
    OUTLOOK_COM = "outlook_com"
    OFFICE = "office"
    OTHER = "other"


class Device(StrEnum):
    ANDROID = "android"
    APPLE = "apple"
    WINDOWS = "windows"
    LINUX = "linux"


_SYSTEMS = (
    ("Android", Device.ANDROID),
    ("iPhone", Device.APPLE),
    ("iPad", Device.APPLE),
    ("Macintosh", Device.APPLE),
    ("Windows", Device.WINDOWS),
    ("Linux", Device.LINUX),
    ("X11", Device.LINUX),
)
"""In this order: a phone with Android says that it is Linux too."""


@dataclass(frozen=True)
class SubscribeLink:
    program: Program
    href: str


def device_in(user_agent: str) -> Device | None:
    """Return the kind of device that a browser says it is on, or None."""
    return next((device for name, device in _SYSTEMS if name in user_agent), None)


def subscribe_links(address: str, name: str) -> tuple[SubscribeLink, ...]:
    """Return a link for each program; the last is the bare address, to copy.

    `address` is the feed's whole http(s) address; `name` is what Outlook calls the calendar:
    give a neutral one for the discreet feed. Thunderbird and ICSx5 fetch `webcal:` by plain http,
    so with an https address no link says it: who opens a link knows `webcals:`, the others take
    https. Thunderbird opens none: it asks for the bare address.
    """
    scheme, _, rest = address.partition("://")
    opens = ("webcals://" if scheme == "https" else "webcal://") + rest
    asked = f"url={quote(address, safe='')}&name={quote(name, safe='')}"
    return (
        SubscribeLink(Program.APPLE, opens),
        SubscribeLink(Program.ICSX5, opens),
        SubscribeLink(
            Program.GOOGLE,
            f"https://calendar.google.com/calendar/r?cid={quote(address, safe='')}",
        ),
        SubscribeLink(
            Program.OUTLOOK_COM, f"https://outlook.live.com/calendar/0/addfromweb?{asked}"
        ),
        SubscribeLink(Program.OFFICE, f"https://outlook.office.com/calendar/0/addfromweb?{asked}"),
        SubscribeLink(Program.OUTLOOK_DESKTOP, opens),
        SubscribeLink(Program.OTHER, address),
    )
