"""What may become of a text that was held back: a person decides, once."""

import hashlib
from collections.abc import Collection, Iterable
from enum import StrEnum

from app.domain.imported import HeldText


class Decision(StrEnum):
    SHOWN = "shown"
    """It is nothing private after all: anyone may read it."""
    PARTICIPANTS = "participants"
    REMOVED = "removed"
    CONTACT = "contact"
    """Its person was asked to be the group's contact person."""


TEXT_OF = {"description": 1200, "directions": 600, "join_notes": 300}
"""The fields that a text can be put back into, and how long each may be."""


def digest_of(field: str, words: str) -> str:
    return hashlib.sha256(f"{field}\n{words}".encode()).hexdigest()


def with_shown(field: str, text: str, held: Iterable[HeldText], shown: Collection[str]) -> str:
    """Return a field's text with what a person let be shown of what was held back, at its end."""
    back = [
        one.words for one in held if one.field == field and digest_of(field, one.words) in shown
    ]
    return "\n".join(filter(None, [text, *back])) if back else text
