"""Kinds of meeting that a fellowship names itself: its own, and what codes of its lists mean."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

Pair = tuple[str, str]
"""Programme and code."""

OWN = ""
"""The programme of a code that a coordinator ticked: nobody's but the fellowship's."""


@dataclass(frozen=True)
class OwnKind:
    """A code, whatever programme a list says it is of, and what it is called by language."""

    code: str
    names: Mapping[str, str] = field(default_factory=dict, hash=False)

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> "OwnKind":
        return cls(kept["code"], dict(kept["names"]))

    def kept(self) -> dict[str, Any]:
        """Return it as a table and an archive keep it."""
        return {"code": self.code, "names": dict(self.names)}

    def called(self, language: str, spoken: str) -> tuple[str, str]:
        """Return its name for a reader, and the language it is in: the fellowship's where it has no other."""
        for one in (language, spoken, *self.names):
            if name := self.names.get(one):
                return name, one
        return self.code, spoken


class NamedKind(NamedTuple):
    """A kind, and the fellowship that named it."""

    kind: OwnKind
    by_slug: str
    by_name: str
    language: str


def own_among(codes: Iterable[Pair], kinds: Sequence[OwnKind]) -> tuple[OwnKind, ...]:
    """Return the kinds that a group's codes name, in the fellowship's order."""
    written = {code for _, code in codes}
    return tuple(kind for kind in kinds if kind.code in written)
