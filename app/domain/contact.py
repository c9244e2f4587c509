"""A contact person of a group, as far as they said yes to it."""

from dataclasses import dataclass

from app.domain.refusal import Refusal

CONTACTS = 3


@dataclass(eq=False)
class TooManyContacts(Refusal):
    """A group has at most three contact persons."""

    most: int


class CannotBeReached(Refusal):
    """A contact person needs an address for their own yes."""


@dataclass(frozen=True)
class Contact:
    """What may be published of one contact person; a channel that is off is empty."""

    position: int
    """1 to CONTACTS: whom to try first."""
    name: str
    phone: str = ""
    email: str = ""
    takes_messages: bool = True
    """Messages from the group page reach them without their address."""
