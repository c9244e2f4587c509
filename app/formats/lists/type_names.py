"""The names of type codes, in eight languages: a list may write `Step Study` for ST."""

import json
import re
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType

from app.domain.kinds.own import OwnKind

NONE_NAMED: Mapping[str, str] = MappingProxyType({})
"""Of a list that is no fellowship's, or whose office named no kinds."""

NAMES = Path(__file__).with_name("type_names.json")
"""Of the Meeting Guide specification (see NOTICE)."""
_OF_NA = {
    "STEP": {"nl": "Stapstudie", "en": "Step study"},
    "TRAD": {"nl": "Tradities", "en": "Traditions"},
    "SPK": {"nl": "Spreker", "en": "Speaker"},
    "DISC": {"nl": "Gesprek", "en": "Discussion"},
    "BEG": {"nl": "Voor nieuwkomers", "en": "Beginners"},
    "CW": {"nl": "Kinderen welkom", "en": "Children welcome"},
    "BT": {"nl": "Basic Text", "en": "Basic Text"},
    "JFT": {"nl": "Just for Today", "en": "Just for Today"},
    "TOP": {"nl": "Onderwerp", "en": "Topic"},
    "RF": {"nl": "Wisselende vorm", "en": "Rotating format"},
    "SWG": {"nl": "Step Working Guides", "en": "Step Working Guides"},
    "IP": {"nl": "Informatiefolder", "en": "Information pamphlet"},
    "QA": {"nl": "Vraag en antwoord", "en": "Questions and answers"},
    "VAR": {"nl": "Wisselend", "en": "Varies"},
    "GL": {"nl": "Lhbtqi+", "en": "LGBTQ"},
}
_ALSO = {
    "step": "ST", "steps": "ST", "stap": "ST", "stappen": "ST", "speaker meeting": "SP",
    "beginners": "BE", "beginner": "BE", "newcomers": "BE", "nieuwkomers": "BE", "men only": "M",
    "women only": "W", "nur für frauen": "W", "nur für männer": "M", "alleen vrouwen": "W", "alleen mannen": "M",
    "voor vrouwen": "W", "voor mannen": "M", "frauen": "W", "männer": "M", "vrouwen": "W", "mannen": "M",
    "men": "M", "women": "W", "wheelchair": "X", "wheelchair accessible": "X",
    "rolstoel": "X", "rolstoeltoegankelijk": "X", "lgbtq+": "LGBTQ", "lhbti": "LGBTQ",
    "lhbtqi+": "LGBTQ", "online": "ONL", "online meeting": "ONL", "geschlossen": "C", "offen": "O",
    "closed meeting": "C", "open meeting": "O", "meditatie": "MED", "literature": "LIT",
    "daily reflection": "DR", "young people": "Y", "nederlandstalig": "NL", "engelstalig": "EN",
}  # fmt: skip


@lru_cache(maxsize=2000)
def code_named(name: str) -> str | None:
    """Return the code of a name in any of the languages, None when it is not known."""
    return _codes().get(_folded(name))


def named_codes(kinds: Iterable[OwnKind]) -> dict[str, str]:
    """Return the codes of a fellowship's own kinds by their names, as `code_in` asks for them.

    A name that lists of everybody have already keeps its meaning there; of two kinds with one
    name the first has it.
    """
    found: dict[str, str] = {}
    for kind in kinds:
        for name in kind.names.values():
            if not code_named(name):
                found.setdefault(_folded(name), kind.code)
    return found


def code_in(own: Mapping[str, str], name: str) -> str | None:
    """Return the code that a fellowship knows a name by, None when it knows none."""
    return own.get(_folded(name)) if own else None


def is_named(code: str, name: str) -> bool:
    """Tell whether the specification calls a code so, in any of its languages."""
    return name in _names().get(code, {}).values()


def name_of(program: str, code: str, language: str) -> str | None:
    """Return what a code is called; None where its program is not known to use it so."""
    names = _OF_NA.get(code) if program == "NA" else None
    names = names or (_names().get(code) if program in ("AA", "NA", "CA") else None)
    return (names.get(language) or names.get("en")) if names else None


@cache
def _names() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = json.loads(NAMES.read_text())
    return found


@cache
def _codes() -> dict[str, str]:
    found: dict[str, str] = {}
    for code, names in _names().items():
        for name in names.values():
            found.setdefault(_folded(name), code)
    return found | _ALSO


def _folded(name: str) -> str:
    return re.sub(r"[\s_-]+", " ", name.casefold()).strip(" .")
