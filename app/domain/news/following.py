"""Following a group without a seat: by which way, and what becomes of a message to a device."""

import json
from enum import StrEnum
from urllib.parse import urlsplit


class Way(StrEnum):
    """How news reaches who follows a group."""

    MAIL = "mail"
    PUSH = "push"
    """A message to one device, which says no more than that something changed."""


class Answer(StrEnum):
    """What the service that carries messages to a device says of one."""

    TAKEN = "taken"
    GONE = "gone"
    """The device wants none any more."""
    LATER = "later"
    REFUSED = "refused"


def carrier_of(subscription: str) -> str:
    """Return who runs the service that a browser named: a domain, with all the hosts below it."""
    host = urlsplit(json.loads(subscription)[0]).hostname or ""
    return ".".join(host.split(".")[-2:])
