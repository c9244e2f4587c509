"""Finds what should rather not stand in a public text: a mail address, or what looks like a surname."""

import re
from enum import StrEnum

_ADDRESS = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
"""Looked for from the start of a word alone, or a long word takes as long as its square."""
_PARTICLE = r"(?:(?:van|de|der|den|ten|ter|te|het|'t|in|op|v\.d\.)\s+)"
_FULL_NAME = re.compile(rf"\b([A-Z][a-zà-ÿ]+)\s+({_PARTICLE}*[A-Z][a-zà-ÿ]{{2,}})\b")
_BEFORE = 40
"""Characters before a name in which a person may be called."""
_PERSON_BEFORE = re.compile(
    r"\b(?:bel|mail|app|bij|met|via|vraag(?:\s+naar)?|contact(?:persoon)?|door|van|"
    r"call|text|ask(?:\s+for)?|with|by|contact)\s*:?\s*$",
    re.IGNORECASE,
)


class Finding(StrEnum):
    PHONE = "phone"
    ADDRESS = "address"
    SURNAME = "surname"


def personal_in(text: str) -> dict[Finding, str]:
    """Return what was found, with the words themselves; phone numbers are formats/phone's work.

    Two capitalised words count as a full name only after a word that calls a person, such as
    "bel" or "vraag naar": "Buurthuis De Linde" is a building.
    """
    found = {}
    if address := _ADDRESS.search(text):
        found[Finding.ADDRESS] = address.group()
    for name in _FULL_NAME.finditer(text):
        if _PERSON_BEFORE.search(text, max(0, name.start() - _BEFORE), name.start()):
            found[Finding.SURNAME] = name.group()
            break
    return found


def is_full_name(alias: str) -> bool:
    """Tell whether a chosen name looks like a first name and a surname."""
    return _FULL_NAME.search(alias) is not None
