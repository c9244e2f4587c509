"""What a list says of a group that has no meaning here: kept as it is said, and given back."""

from collections.abc import Callable, Iterable
from typing import Any

from app.formats.meeting_guide import fields
from app.formats.plain_text import cut

WORDS = ("group", "district", "sub_district", "sub_region")
LINKS = ("website", "website_2", "feedback_url")
LONGEST_WORD, LONGEST_LINK = 120, 300

Facts = tuple[tuple[str, str], ...]


def facts_of(
    row: dict[str, Any], public: Callable[[str, str], str], link_of: Callable[[str], str]
) -> Facts:
    """Return (key, value) pairs by key; without what is private in them, and links that are none."""
    found = {
        key: cut(public(key, fields.text(row.get(key))), LONGEST_WORD)
        for key in WORDS
        if key in row
    }
    links = {key: link_of(fields.text(row.get(key))) for key in LINKS if key in row}
    found |= {key: link for key, link in links.items() if len(link) <= LONGEST_LINK}
    return tuple(sorted((key, value) for key, value in found.items() if value))


def given_back(facts: Iterable[tuple[str, str]], link_of: Callable[[str], str]) -> dict[str, str]:
    """Return facts under the specification's keys; a link that is none is left out."""
    return {key: value for key, value in facts if key in WORDS or (key in LINKS and link_of(value))}
