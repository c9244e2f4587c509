"""Selections of groups as one word in an address: nothing is stored of who follows what."""

import base64
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from urllib.parse import parse_qsl, urlencode

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV

from app.domain.geography.whereabouts import rounded
from app.domain.search import Day, Search
from app.formats.search import query_of, read_search
from app.formats.wording import LANGUAGES

MOST_CHOSEN = 20
"""Groups that one chooses by name."""
LONGEST = 2_600
"""Characters of a packed selection: twenty of the longest names."""
_SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,79}", re.ASCII)
_PACKED = re.compile(r"[A-Za-z0-9_-]+", re.ASCII)


@dataclass(frozen=True)
class Selection:
    """What a calendar of several groups is of: groups by their slugs, else those that a search finds."""

    slugs: tuple[str, ...] = ()
    search: Search = Search()
    language: str = "nl"
    """Of the calendar's own name; events are in the language of their group."""
    is_discreet: bool = False


def selection_of(search: Search, language: str) -> Selection:
    """Return what a search selects week after week: today and its order are of one day only.

    Whose calendar it is reads the address for years: it says no more than about a kilometre.
    """
    moves_along = search.day in (Day.TODAY, Day.TOMORROW) or not isinstance(search.day, Day)
    lasting = replace(
        search,
        near=rounded(search.near),
        day=None if moves_along else search.day,
        sort=None,
    )
    return Selection(search=lasting, language=language)


def slugs_among(texts: Iterable[str]) -> list[str]:
    """Return what can be the slug of a group, each once, MOST_CHOSEN at most and in order."""
    found: dict[str, None] = {}
    for text in texts:
        if len(found) < MOST_CHOSEN and _SLUG.fullmatch(text):
            found[text] = None
    return list(found)


def pack(selection: Selection) -> str:
    """Return a selection in base64url without padding. It hides nothing: it is plain public data."""
    return _as_text(_said(selection).encode())


def seal(selection: Selection, secret: str) -> str:
    """Return a selection as a word that tells nobody what it is of, and always the same one.

    AES-SIV (RFC 5297) needs no number that is used once; nothing is stored of who asks for what.
    """
    return _as_text(_cipher(secret).encrypt(_said(selection).encode(), None))


def unseal(sealed: str, secret: str) -> Selection | None:
    """Return what was sealed with this secret, or None."""
    if len(sealed) > LONGEST or not _PACKED.fullmatch(sealed):
        return None
    try:
        text = _cipher(secret).decrypt(_as_bytes(sealed), None).decode()
    except (InvalidTag, ValueError):
        return None
    return _understood(text)


def _cipher(secret: str) -> AESSIV:
    return AESSIV(hashlib.sha512(b"selection:" + secret.encode()).digest())


def _as_text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def _as_bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _said(selection: Selection) -> str:
    said = {"g": " ".join(selection.slugs)} if selection.slugs else query_of(selection.search)
    said["lang"] = selection.language
    if selection.is_discreet:
        said["discreet"] = "1"
    return urlencode(said)


def unpack(packed: str) -> Selection | None:
    """Return what was packed, or None when it is something else, or holds more than we know."""
    if len(packed) > LONGEST or not _PACKED.fullmatch(packed):
        return None
    try:
        text = _as_bytes(packed).decode()
    except ValueError:
        return None
    found = _understood(text)
    # Another way to write the same bytes is another address for the same calendar.
    return found if found and pack(found) == packed else None


def _understood(text: str) -> Selection | None:
    try:
        said = dict(parse_qsl(text, keep_blank_values=True, strict_parsing=True))
    except ValueError:
        return None
    asked = said.get("g", "").split(" ") if said.get("g") else []
    language = said.get("lang", "")
    read = read_search(said)
    found = Selection(
        slugs=tuple(slugs_among(asked)),
        search=Search() if asked else read.search,
        language=language,
        is_discreet=said.get("discreet") == "1",
    )
    if found.search.near != rounded(found.search.near):
        return None
    # Whatever is not understood would only widen the selection: it is no selection of ours.
    return found if language in LANGUAGES and _said(found) == text else None
