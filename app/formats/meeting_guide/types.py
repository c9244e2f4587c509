"""Meeting Guide's type codes: which of them say something that a listing says in its own words."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from app.domain.imported import Entry
from app.domain.listing import Audience, Feature
from app.formats.lists.type_names import NONE_NAMED, code_in, code_named

Words = tuple[str, ...]
AA = "AA"
"""The program whose codes the Meeting Guide specification lists."""

OPEN, CLOSED = "O", "C"
ONLINE = "ONL"
"""Not in the specification, yet everywhere: no code here, for the place says it."""

FEATURES = {
    "X": Feature.WHEELCHAIR,
    "XB": Feature.ACCESSIBLE_TOILET,
    "ASL": Feature.SIGN_LANGUAGE,
    "BA": Feature.CHILDCARE,
    "FF": Feature.FRAGRANCE_FREE,
}
AUDIENCES = {
    "W": Audience.WOMEN,
    "M": Audience.MEN,
    "LGBTQ": Audience.LGBTQ,
    "Y": Audience.YOUNG,
    "DD": Audience.DUAL_DIAGNOSIS,
}
CODE_OF_AUDIENCE = {audience: code for code, audience in AUDIENCES.items()} | {
    Audience.TEENS: "Y",
}

# The codes are not ISO 639: S is Spanish.
LANGUAGES = {
    "NL": "nl", "EN": "en", "DE": "de", "FR": "fr", "S": "es", "POL": "pl", "POR": "pt",
    "RUS": "ru", "TUR": "tr", "UK": "uk", "AR": "ar", "FA": "fa", "ITA": "it", "JA": "ja",
    "KOR": "ko", "PUN": "pa", "AF": "af", "AM": "am", "BG": "bg", "DA": "da", "EL": "el",
    "FI": "fi", "HE": "he", "HI": "hi", "HR": "hr", "HU": "hu", "IS": "is", "KA": "ka",
    "LT": "lt", "ML": "ml", "MT": "mt", "NE": "ne", "NO": "no", "SK": "sk", "SL": "sl",
    "SV": "sv", "TH": "th", "TL": "tl",
}  # fmt: skip
CODE_OF_LANGUAGE = {language: code for code, language in LANGUAGES.items()}
_ALSO_WRITTEN = {"ENG": "EN", "FAR": "FA", "ES": "S", "OPEN": "O", "CLOSED": "C"}

CLASHING = frozenset({"POA"})
"""Codes of the specification that another program uses for something else (Al-Anon's parents)."""

_BETWEEN = re.compile(r"[,;|]")
_CODE = re.compile(r"(?!.*(?:\d[ /-]*){6})[A-Z0-9][A-Z0-9&/ +-]{0,31}")
"""No code has a phone number in it."""


@dataclass(frozen=True)
class Types:
    """What the types of one meeting say."""

    is_open: bool | None
    language: str | None
    audience: Audience | None
    features: frozenset[Feature]
    codes: tuple[tuple[str, str], ...]
    is_online: bool = False
    """Said as a code; nothing is known where there is none."""


def split_types(value: object, own: Mapping[str, str] = NONE_NAMED) -> list[str]:
    """Return the codes in a `types` field: a list, `"C,M"`, or `"[open]"`; odd values are left out.

    Names in any of eight languages are codes as well: `Step Study`; `own` has those that a
    fellowship named itself (`type_names.named_codes`).
    """
    return list(_told_apart(value, own)[0])


def odd_types(value: object, own: Mapping[str, str] = NONE_NAMED) -> list[str]:
    """Return what a `types` field says that is neither a code nor a known name."""
    return list(_told_apart(value, own)[1])


def _told_apart(value: object, own: Mapping[str, str]) -> tuple[Words, Words]:
    """Return the codes in a `types` field, and what is none."""
    if isinstance(value, str):
        value = _BETWEEN.split(value.strip("[] "))
    if not isinstance(value, list):
        return (), ()
    said = tuple(str(code) for code in value if isinstance(code, str | int))
    return _sorted_out(said, own) if own else _known_to_all(said)


@lru_cache(maxsize=4096)
def _known_to_all(said: Words) -> tuple[Words, Words]:
    """Most rows of a list say what others say."""
    return _sorted_out(said, NONE_NAMED)


def _sorted_out(said: Words, own: Mapping[str, str]) -> tuple[Words, Words]:
    bare = (code.strip("[]\"' ") for code in said)
    named = (
        one if one.upper() in LANGUAGES else code_named(one) or code_in(own, one) or one
        for one in bare
    )
    written = [_ALSO_WRITTEN.get(one.upper(), one.upper()) for one in named]
    codes = dict.fromkeys(code for code in written if _CODE.fullmatch(code))
    odd = tuple(code for code in written if code and not _CODE.fullmatch(code))
    return tuple("12x12" if code == "12X12" else code for code in codes), odd


def read_types(codes: Iterable[tuple[str, str]]) -> Types:
    """Tell what (program, code) pairs mean.

    A meeting that is said to be both open and closed is closed, as TSML has it; of one that is
    said to be neither nothing is known. The first
    language is the group's, further ones stay codes; those for an audience are both.
    """
    return _types(tuple(dict.fromkeys(codes)))


@lru_cache(maxsize=4096)
def _types(codes: tuple[tuple[str, str], ...]) -> Types:
    """Return what codes mean; the same value for all rows of a list that have the same."""
    bare = [code for _, code in codes]
    language = next((LANGUAGES[code] for code in bare if code in LANGUAGES), None)
    spoken = CODE_OF_LANGUAGE.get(language) if language else None
    said_elsewhere = {OPEN, CLOSED, ONLINE, spoken, *FEATURES}
    return Types(
        is_open=(CLOSED not in bare) if {OPEN, CLOSED} & set(bare) else None,
        language=language,
        audience=next((AUDIENCES[code] for code in bare if code in AUDIENCES), None),
        features=frozenset(FEATURES[code] for code in bare if code in FEATURES),
        codes=tuple(sorted(pair for pair in codes if pair[1] not in said_elsewhere)),
        is_online=ONLINE in bare,
    )


def written_types(
    *,
    is_open: bool | None,
    language: str | None,
    audience: Audience | None,
    features: Iterable[Feature],
    codes: Iterable[tuple[str, str]],
    program: str = AA,
) -> list[tuple[str, str]]:
    """Return the (program, code) pairs that say all this, the language before any other.

    Codes for an audience that the group no longer has are left out.
    """
    found = [] if is_open is None else [OPEN if is_open else CLOSED]
    if language in CODE_OF_LANGUAGE:
        found.append(CODE_OF_LANGUAGE[language])
    if audience in CODE_OF_AUDIENCE:
        found.append(CODE_OF_AUDIENCE[audience])
    found += [code for code, feature in FEATURES.items() if feature in set(features)]
    kept = [
        (of, code)
        for of, code in codes
        if code not in found
        and code not in (OPEN, CLOSED, ONLINE, *FEATURES)
        and not (audience in (None, Audience.EVERYONE) and code in AUDIENCES)
    ]
    return [(program, code) for code in found] + kept


def types_said(entry: Entry) -> tuple[tuple[str, str], ...]:
    """Return the (program, code) pairs that say all that an entry is."""
    return _said(entry.is_open, entry.language, entry.audience, entry.features, entry.codes)


@lru_cache(maxsize=4096)
def _said(
    is_open: bool | None,
    language: str | None,
    audience: Audience | None,
    features: frozenset[Feature],
    codes: tuple[tuple[str, str], ...],
) -> tuple[tuple[str, str], ...]:
    """Return the pairs; the same value for all entries of a list that are the same."""
    return tuple(
        written_types(
            is_open=is_open, language=language, audience=audience, features=features, codes=codes
        )
    )
