"""Kinds of meeting, which BMLT calls formats: each with an id, a key, NA's world id and a name."""

import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from app.domain.imported import Entry
from app.domain.kinds.own import OwnKind
from app.domain.place import Kind
from app.formats.lists.type_names import name_of
from app.formats.meeting_guide.types import AA, LANGUAGES, types_said
from app.formats.wording import language_name, word

VIRTUAL, HYBRID = "VM", "HY"
_VENUES = {VIRTUAL: Kind.ONLINE, HYBRID: Kind.BOTH}
_FIRST_OF_OTHERS, _OTHERS = 1_000, 1_000_000_000
_OPEN, _FACILITY, _NEED, _CONTENT, _LANGUAGE = "O", "FC2", "FC3", "FC1", "LANG"
_NA = "NA"


@dataclass(frozen=True)
class MeetingKind:
    """`world` is NA's own id, the same on every server; empty where NA has none."""

    id: int
    key: str
    world: str
    of: str
    """Which of BMLT's classes it belongs to."""
    program: str = AA
    code: str = ""
    names: Mapping[str, str] = field(default_factory=dict, hash=False)
    """By language, of one that a fellowship named itself."""

    def name(self, language: str) -> str:
        if self.key in _VENUES:
            return word(_VENUES[self.key], language).capitalize()
        if self.of == _LANGUAGE:
            return language_name(self.key, language)
        if self.names:
            return OwnKind(self.code, self.names).called(language, "en")[0]
        return name_of(self.program, self.code or self.key, language) or self.key


_KNOWN = {
    "O": MeetingKind(1, "O", "OPEN", _OPEN),
    "C": MeetingKind(2, "C", "CLOSED", _OPEN),
    "X": MeetingKind(3, "WC", "WCHR", _FACILITY, code="X"),
    VIRTUAL: MeetingKind(4, VIRTUAL, "VM", _FACILITY),
    HYBRID: MeetingKind(5, HYBRID, "HYBR", _FACILITY),
    "TC": MeetingKind(6, "TC", "TC", _FACILITY),
    "W": MeetingKind(7, "W", "W", _NEED),
    "Y": MeetingKind(8, "Y", "Y", _NEED),
    "M": MeetingKind(9, "M", "M", _NEED),
    "LGBTQ": MeetingKind(10, "LGBTQ", "GL", _NEED),
    "DD": MeetingKind(11, "DD", "", _NEED),
    "XB": MeetingKind(12, "XB", "", _FACILITY),
    "ASL": MeetingKind(13, "ASL", "", _FACILITY),
    "BA": MeetingKind(14, "BA", "", _FACILITY),
    "FF": MeetingKind(15, "FF", "", _FACILITY),
}
"""By the code that Meeting Guide has for it. An id is given once and stays."""
_OF_THE_WORLD = frozenset({
    "BEG", "STEP", "TRAD", "SPK", "TOP", "DISC", "BT", "JFT", "LIT", "MED", "CW", "VAR", "RA", "IP",
    "QA", "SWG", "RF", "CPT", "GP", "LC", "NC", "NS", "SPAD", "IW",
})  # fmt: skip
"""NA's codes, which are its world ids."""


def kinds_of(entry: Entry, own: Iterable[OwnKind] = ()) -> list[MeetingKind]:
    """Return what kinds of meeting an entry is, each once, open or closed first.

    `own`: those that its fellowship named itself.
    """
    names = {kind.code: kind.names for kind in own}
    pairs = types_said(entry)
    found = [_kind(program, code) for program, code in pairs]
    if entry.place:
        found += [_KNOWN[key] for key, venue in _VENUES.items() if venue is entry.place.kind]
    named = (replace(one, names=names.get(one.code, {})) if one.code else one for one in found)
    return list({kind.key: kind for kind in named}.values())


def _kind(program: str, code: str) -> MeetingKind:
    if known := _KNOWN.get(code):
        return known
    id = _FIRST_OF_OTHERS + zlib.crc32(code.encode()) % _OTHERS
    if code in LANGUAGES:
        return MeetingKind(id, LANGUAGES[code], "LANG", _LANGUAGE)
    world = code if program == _NA and code in _OF_THE_WORLD else ""
    return MeetingKind(id, code, world, _CONTENT, program, code)


def always() -> Iterable[MeetingKind]:
    """Return the kinds that every server has, used or not."""
    return _KNOWN.values()


def row(kind: MeetingKind, language: str, root: str) -> dict[str, str]:
    """Return a kind as GetFormats has it."""
    name = kind.name(language)
    return {
        "key_string": kind.key,
        "name_string": name,
        "description_string": name,
        "lang": language,
        "id": str(kind.id),
        "world_id": kind.world,
        "root_server_uri": root,
        "format_type_enum": kind.of,
    }
