"""Asides of lists as pages show them: the words, before and after, or why nothing follows."""

from dataclasses import dataclass

from app import clock
from app.blueprints.web.languages import current
from app.domain.exchange.asides import Aside, Plan
from app.domain.week import Week
from app.formats.lists.prose import words
from app.records.exchange.asides import AsideRecord
from app.records.groups import Group


@dataclass(frozen=True)
class AsideLine:
    """One aside in the reader's language; without `before` there is nothing to accept."""

    id: int
    group: Group
    words: str
    about: str
    before: str = ""
    after: str = ""
    why: str = ""


def aside_line(record: AsideRecord, *, as_officer: bool) -> AsideLine:
    group, said = record.group, record.value()
    today = group.day_of(clock.now())
    slot = group.slot_from(Week.of(today))
    plan = record.plan(today, as_officer=as_officer)
    before, after, why = in_words(said, plan, slot.weekday if slot else 1)
    return AsideLine(
        record.id, group, said.words, words.about_word(said, current()), before, after, why
    )


def in_words(said: Aside, plan: Plan, weekday: int) -> tuple[str, str, str]:
    """Return before and after, and why there is nothing to accept when both are empty."""
    told = words.before_and_after(said, plan, weekday, current())
    if told is None:
        return "", "", words.why_nothing(said, clock.today(), current())
    return *told, ""
