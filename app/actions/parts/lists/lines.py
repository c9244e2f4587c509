"""What a row of a list does to the group that came from it, or to none yet."""

from dataclasses import replace

from app.actions.parts.import_facts import Facts
from app.domain.exchange.asides import Aside
from app.domain.exchange.held_texts import digest_of
from app.domain.imported import Line, Outcome
from app.domain.meeting import Status
from app.domain.slug import FreeSlugs
from app.records.imported import GroupInList


def line_of(
    facts: Facts, group: GroupInList | None, coordinated: set[int], slugs: FreeSlugs
) -> Line:
    entry = facts.entry
    found = Line(
        Outcome.SAME if group else Outcome.NEW,
        entry.name,
        group.slug if group else slugs.give(entry.name),
        entry.row,
        held=_waiting(facts),
        asides=_unanswered(facts),
        weekday=entry.weekday,
    )
    if group is None:
        return found
    theirs, ours = facts.differences(group, coordinated=group.id in coordinated)
    differences = tuple(theirs + ours)
    if not differences:
        return found
    if group.status == Status.CLOSED:
        return replace(found, outcome=Outcome.STOPPED, differences=differences, kept=differences)
    if not theirs:
        return replace(found, outcome=Outcome.KEPT, differences=differences, kept=differences)
    return replace(found, outcome=Outcome.CHANGED, differences=tuple(theirs), kept=tuple(ours))


def _waiting(facts: Facts) -> tuple[str, ...]:
    """Return the sentences that nobody decided about yet."""
    return tuple(
        one.words
        for one in facts.entry.held
        if (known := facts.texts.get(digest_of(one.field, one.words))) is None
        or known.decision is None
    )


def _unanswered(facts: Facts) -> tuple[Aside, ...]:
    """Return the asides that nobody answered yet."""
    return tuple(
        one
        for one in facts.entry.asides
        if (known := facts.asides.get(one.digest)) is None or known.answer is None
    )
