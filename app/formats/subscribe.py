"""Links with which a calendar program subscribes to a feed."""

from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import quote


class Program(StrEnum):
    APPLE = "apple"
    THUNDERBIRD = "thunderbird"
    OUTLOOK_DESKTOP = "outlook_desktop"
    GOOGLE = "google"
    OUTLOOK_COM = "outlook_com"
    OFFICE = "office"
    OTHER = "other"


@dataclass(frozen=True)
class SubscribeLink:
    program: Program
    href: str


def subscribe_links(address: str, name: str) -> tuple[SubscribeLink, ...]:
    """Return a link for each program; the last is the bare address, to copy.

    `address` is the feed's whole http(s) address; `name` is what Outlook calls the calendar:
    give a neutral one for the discreet feed. Never `webcals:`, which few programs know. Outlook on
    the web takes https only: webcal gives it an empty calendar.
    """
    webcal = "webcal://" + address.split("://", 1)[1]
    asked = f"url={quote(address, safe='')}&name={quote(name, safe='')}"
    return (
        SubscribeLink(Program.APPLE, webcal),
        SubscribeLink(
            Program.GOOGLE,
            f"https://calendar.google.com/calendar/r?cid={quote(webcal, safe='')}",
        ),
        SubscribeLink(
            Program.OUTLOOK_COM, f"https://outlook.live.com/calendar/0/addfromweb?{asked}"
        ),
        SubscribeLink(Program.OFFICE, f"https://outlook.office.com/calendar/0/addfromweb?{asked}"),
        SubscribeLink(Program.OUTLOOK_DESKTOP, webcal),
        SubscribeLink(Program.THUNDERBIRD, webcal),
        SubscribeLink(Program.OTHER, address),
    )
