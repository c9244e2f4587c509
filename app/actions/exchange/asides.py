"""Answering what lists say aside in prose: the group's own people do, or its office."""

from app import clock
from app.actions.parts.lists.accepting import write_plan
from app.actions.parts.news.seated import telling_the_seated
from app.actions.parts.office import tell_coordinators
from app.actions.parts.revision import calendar_follows
from app.actions.parts.transaction import hold_circle, hold_group_for, note, transaction
from app.db import erased
from app.domain.exchange.asides import Answer, Aside, NothingToAccept, without
from app.domain.exchange.held_texts import TEXT_OF
from app.domain.undoing import TooLateToUndo
from app.records.accounts import Account
from app.records.exchange.asides import AsideRecord
from app.records.groups import Group


@transaction
def answer_aside(
    record: AsideRecord, answer: Answer, *, by: Account | None, as_officer: bool = False
) -> None:
    """Let the calendar say what a list said aside, or leave it as text, or remove its words.

    Raises TooLateToUndo when somebody answered already, NothingToAccept, ChairsTaken, NotTheirs.
    """
    group = hold_group_for(record.group_id, by, as_officer=as_officer)
    if record.answer is not None:
        raise TooLateToUndo
    said = record.value()
    plan = record.plan(group.day_of(clock.now()), as_officer=as_officer)
    if answer is Answer.ACCEPTED and plan.does_nothing:
        raise NothingToAccept
    if answer is Answer.ACCEPTED and plan.capacity:
        hold_circle(group.id, by)
    with calendar_follows(group), telling_the_seated(group):
        if answer is Answer.ACCEPTED:
            write_plan(group, plan, " ".join(said.words.split()), by=by)
        _take_out(group, said, answer)
    record.answer = answer
    if answer is Answer.REMOVED:
        record.words = None
        erased()
    if as_officer:
        tell_coordinators(group, "mended", by=by)
    note(
        "answer_aside",
        by=by,
        groups=[group],
        after={"about": record.about, "answer": str(answer)},
    )


def _take_out(group: Group, said: Aside, answer: Answer) -> None:
    """Take settled words out of the text that they stand in."""
    latest = max(group.slots, key=lambda slot: slot.since, default=None)
    place = latest.place if latest else None
    is_of_place = said.field in TEXT_OF and said.field != "description" and place is not None
    holder, name = (place, said.field) if is_of_place else (group, "description")
    text = getattr(holder, name)
    left = without(text, [(said.words, answer, said.is_whole)])
    if left != text:
        setattr(holder, name, left)
        group.version += 1
