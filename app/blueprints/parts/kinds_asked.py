"""The kinds of meeting that one may search for, in words."""

from app.domain.kinds.of_meeting import MARK, TO_TICK
from app.formats.kinds.words import kind_asked as known_kind
from app.formats.kinds.words import kind_in_words
from app.records.resolved import Resolved


def kinds_to_ask(asked: Resolved, language: str) -> list[tuple[str, str]]:
    """Return (value, words) of the house's kinds, and of those that the fellowship asked, or any, named."""
    own = [
        (key, f"{kind.called(language, body.language)[0]} ({body.name})")
        for key, (kind, body) in asked.own_kinds.items()
        if asked.search.fellowship in ("", body.slug)
    ]
    return [*((str(one), kind_in_words(one, language)) for one in TO_TICK), *own]


def kind_asked(asked: Resolved, language: str) -> str:
    """Return the name of the kind of meeting that a search asks; of one that nobody named, its code."""
    kind = asked.search.kind
    if kind in asked.own_kinds:
        own, body = asked.own_kinds[kind]
        return own.called(language, body.language)[0]
    return known_kind(kind, language) or kind.partition(MARK)[2].upper()
