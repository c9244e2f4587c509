"""Which codes a fellowship may name: what means nothing yet, and what its lists brought along."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from app.domain.kinds.of_meeting import KNOWN_PAIRS
from app.domain.kinds.own import OwnKind
from app.domain.refusal import Refusal

MOST_KINDS = 40
LONGEST_NAME = 60
_NEW_CODE = re.compile(r"[A-Z][A-Z-]{3,15}", re.ASCII)
"""Four letters or more: shorter ones mean something in lists of others, or will."""
_KEPT_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9&/ +-]{0,31}", re.ASCII)


@dataclass(eq=False)
class NotACode(Refusal):
    """A code of one's own is four to sixteen letters."""


@dataclass(eq=False)
class CodeInUse(Refusal):
    """The code means something already, here or in the lists of everybody."""

    code: str


@dataclass(eq=False)
class NoName(Refusal):
    """A kind has a name in one language at least."""


@dataclass(eq=False)
class TooManyKinds(Refusal):
    """A fellowship names no more."""

    most: int = MOST_KINDS


KNOWN = frozenset(code for _, code in KNOWN_PAIRS)
"""What has a name in the house's own words, and needs none."""


def is_kept_well(kept: Any) -> bool:
    """Tell whether a value is what `OwnKind.kept` gives."""
    return (
        isinstance(kept, dict)
        and kept.keys() == {"code", "names"}
        and isinstance(kept["code"], str)
        and bool(_KEPT_CODE.fullmatch(kept["code"]))
        and isinstance(kept["names"], dict)
        and all(isinstance(one, str) for pair in kept["names"].items() for one in pair)
    )


def check_code(code: str, kinds: Sequence[OwnKind], kept: Collection[str]) -> None:
    """Raise CodeInUse, NotACode, TooManyKinds for a code to be named. `kept`: codes that its lists have."""
    if code in {kind.code for kind in kinds} or code in KNOWN:
        raise CodeInUse(code)
    if len(kinds) >= MOST_KINDS:
        raise TooManyKinds
    if not (_KEPT_CODE if code in kept else _NEW_CODE).fullmatch(code):
        raise NotACode
