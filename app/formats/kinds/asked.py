"""The kinds of meeting that one may search for, in words."""

from collections.abc import Mapping

from app.domain.kinds.of_meeting import MARK, TO_TICK
from app.domain.kinds.own import NamedKind
from app.domain.search import Search
from app.formats.kinds.words import kind_in_words, known_kind


def kinds_to_ask(
    search: Search, own: Mapping[str, NamedKind], language: str
) -> list[tuple[str, str]]:
    """Return (value, words) of the house's kinds, and of those that the fellowship asked, or any, named."""
    named = [
        (key, f"{one.kind.called(language, one.language)[0]} ({one.by_name})")
        for key, one in own.items()
        if search.fellowship in ("", one.by_slug)
    ]
    return [*((str(one), kind_in_words(one, language)) for one in TO_TICK), *named]


def kind_asked(search: Search, own: Mapping[str, NamedKind], language: str) -> str:
    """Return the name of the kind of meeting that a search asks; of one that nobody named, its code."""
    kind = search.kind
    if kind in own:
        return own[kind].kind.called(language, own[kind].language)[0]
    return known_kind(kind, language) or kind.partition(MARK)[2].upper()
