"""Kinds of meeting: of the codes that lists give a group, those that help a newcomer choose."""

from collections.abc import Collection, Iterable
from enum import StrEnum

from app.domain.listing import Audience

AA, NA = "AA", "NA"
KNOW_THE_SAME = frozenset({AA, NA, "CA"})
"""Programmes that use the codes of the Meeting Guide specification for what it says."""
LONGEST_CODE = 32
MARK = "."
"""Between a fellowship and a code that it named: `stay-clean.lofzang`."""
Pair = tuple[str, str]


class KindOfMeeting(StrEnum):
    """In the order in which a page names them."""

    NEWCOMERS = "newcomers"
    SPEAKER = "speaker"
    STEPS = "steps"
    TRADITIONS = "traditions"
    TOPIC = "topic"
    READING = "reading"
    MEDITATION = "meditation"
    CANDLELIGHT = "candlelight"
    OUTDOORS = "outdoors"
    CHILDREN = "children"
    AL_ANON = "al-anon"
    ALATEEN = "alateen"
    WOMEN = "women"
    MEN = "men"
    YOUNG = "young"
    LGBTQ = "lgbtq"
    OF_COLOUR = "of-colour"
    SENIORS = "seniors"
    SECULAR = "secular"


_CODES = {
    KindOfMeeting.NEWCOMERS: ("BE", "BEG"),
    KindOfMeeting.SPEAKER: ("SP", "SPK"),
    KindOfMeeting.STEPS: ("ST", "12x12", "STEP", "SWG"),
    KindOfMeeting.TRADITIONS: ("TR", "12x12", "TRAD"),
    KindOfMeeting.TOPIC: ("D", "DISC", "TOP"),
    KindOfMeeting.READING: ("LIT", "B", "ABSI", "DR", "GR", "LS", "BT", "JFT"),
    KindOfMeeting.MEDITATION: ("MED", "11"),
    KindOfMeeting.CANDLELIGHT: ("CAN",),
    KindOfMeeting.OUTDOORS: ("OUT",),
    KindOfMeeting.CHILDREN: ("CF", "CW"),
    KindOfMeeting.AL_ANON: ("AL-AN",),
    KindOfMeeting.ALATEEN: ("AL",),
    KindOfMeeting.WOMEN: ("W",),
    KindOfMeeting.MEN: ("M",),
    KindOfMeeting.YOUNG: ("Y",),
    KindOfMeeting.LGBTQ: ("LGBTQ", "GL", "G", "L", "BI", "T", "NB"),
    KindOfMeeting.OF_COLOUR: ("POC",),
    KindOfMeeting.SENIORS: ("SEN",),
    KindOfMeeting.SECULAR: ("A",),
}
_OF_NA = frozenset({"BEG", "SPK", "STEP", "SWG", "TRAD", "DISC", "TOP", "BT", "JFT", "CW", "GL"})
"""Codes that mean this in NA alone."""
_AUDIENCES = {
    "W": Audience.WOMEN,
    "M": Audience.MEN,
    "Y": Audience.YOUNG,
    "LGBTQ": Audience.LGBTQ,
    "GL": Audience.LGBTQ,
}
"""What says for whom a group is: what is written here goes before what a list once said."""


def kinds_of(codes: Iterable[Pair], audience: Audience) -> tuple[KindOfMeeting, ...]:
    """Return what (program, code) pairs say beyond for whom the group is, in order, each once.

    A code is only known where its programme uses it so.
    """
    said = {(program, code) for program, code in codes if _says_more(code, audience)}
    return tuple(kind for kind in KindOfMeeting if said & _PAIRS[kind])


def kinds_found(codes: Iterable[Pair], audience: Audience) -> set[str]:
    """Return by what a group is found: its kinds, and each code that only its fellowship may name."""
    pairs = list(codes)
    own = {own_kind(code) for program, code in pairs if (program, code) not in KNOWN_PAIRS}
    return own | {str(one) for one in kinds_of(pairs, audience)}


def own_kind(code: str) -> str:
    """Return how a code is looked for that only a fellowship may name."""
    return f"{MARK}{code.lower()[:LONGEST_CODE]}"


def ticked(codes: Iterable[Pair], kinds: Collection[KindOfMeeting]) -> list[Pair]:
    """Return codes that say just these kinds of TO_TICK, and whatever else they said."""
    kept = [pair for pair in codes if not any(pair in _PAIRS[one] for one in _unticked(kinds))]
    return kept + [
        (AA, _CODES[kind][0]) for kind in TO_TICK if kind in kinds and not _PAIRS[kind] & set(kept)
    ]


def _unticked(kinds: Collection[KindOfMeeting]) -> list[KindOfMeeting]:
    return [kind for kind in TO_TICK if kind not in kinds]


def _says_more(code: str, audience: Audience) -> bool:
    if code not in _AUDIENCES:
        return True
    return audience not in (Audience.EVERYONE, _AUDIENCES[code])


FOR_WHOM = frozenset(
    {KindOfMeeting.WOMEN, KindOfMeeting.MEN, KindOfMeeting.YOUNG, KindOfMeeting.LGBTQ}
)
"""What a group says with its audience."""
TO_TICK = tuple(kind for kind in KindOfMeeting if kind not in FOR_WHOM)
_PAIRS = {
    kind: {
        (program, code)
        for code in _CODES[kind]
        for program in ({NA} if code in _OF_NA else KNOW_THE_SAME)
    }
    for kind in KindOfMeeting
}
KNOWN_PAIRS = {pair for pairs in _PAIRS.values() for pair in pairs}
