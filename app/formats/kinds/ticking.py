"""Kinds of meeting to tick in a form: the house's own, and those that the fellowship named."""

from collections.abc import Collection, Iterable, Sequence

from app.domain.kinds.of_meeting import TO_TICK, KindOfMeeting, kinds_of, ticked
from app.domain.kinds.own import OWN, OwnKind, own_among
from app.domain.listing import Audience, FellowshipCard
from app.formats.kinds.words import kind_in_words

_OWN = "own:"
"""Before the code of one that the fellowship named."""


def kinds_to_tick(card: FellowshipCard, language: str) -> list[tuple[str, str]]:
    """Return what there is, as (value, words)."""
    return [
        *((str(one), kind_in_words(one, language)) for one in TO_TICK),
        *((_OWN + one.code, one.called(language, card.language)[0]) for one in card.own_kinds),
    ]


def kinds_ticked(codes: Iterable[Sequence[str]], own: Sequence[OwnKind]) -> list[str]:
    """Return the values that a group's codes tick."""
    pairs = [(program, code) for program, code in codes]
    known = [str(one) for one in kinds_of(pairs, Audience.EVERYONE) if one in TO_TICK]
    return known + [_OWN + one.code for one in own_among(pairs, own)]


def codes_as_ticked(
    codes: Iterable[Sequence[str]], own: Sequence[OwnKind], values: Collection[str]
) -> list[list[str]]:
    """Return a group's codes with just these values ticked; what is not to be ticked stays."""
    pairs = ticked(
        [(program, code) for program, code in codes],
        {KindOfMeeting(value) for value in values if not value.startswith(_OWN)},
    )
    offered = {one.code for one in own}
    wanted = {value.removeprefix(_OWN) for value in values if value.startswith(_OWN)}
    kept = [(program, code) for program, code in pairs if code not in offered - wanted]
    new = wanted - {code for _, code in kept}
    return [[*pair] for pair in (*kept, *((OWN, code) for code in sorted(new)))]
