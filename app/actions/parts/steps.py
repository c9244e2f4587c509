"""Moving the rotation of steps: this week another step than planned, and the rest follows."""

from dataclasses import asdict, dataclass
from typing import Any

from app.db import db
from app.domain.themes import STEPS, Rotation
from app.domain.week import Week
from app.records.groups import Group
from app.records.slots import SlotRecord, read_themes, write_themes


@dataclass(frozen=True)
class Shift:
    """By how many steps a group's rotation moved from a week on, and how it was written down."""

    steps: int
    slot_made: bool
    """A slot begins in that week for its sake alone."""
    slot_version: int
    """Of the group, afterwards."""

    def in_log(self) -> dict[str, Any]:
        return {"shift": asdict(self)}


def shift_steps(group: Group, week: Week, step: int) -> Shift | None:
    """Let a held group take a step in a week, and go on from there; None when nothing moves.

    Later slots with a rotation of their own move along. Without a rotation there is no rest that
    could follow.
    """
    slot = group.slot_in(week)
    themes = read_themes(slot.themes) if slot else None
    if slot is None or not isinstance(themes, Rotation):
        return None
    steps = (step - themes.step_in(week)) % STEPS
    if steps == 0:
        return None
    slot_made = slot.since != week
    if slot_made:
        slot = _beginning_in(week, slot)
        group.slots.append(slot)
    slot.themes = write_themes(Rotation(anchor=week, first=step))
    _move_later(group, week, steps)
    db.session.flush()
    return Shift(steps, slot_made, group.slot_version)


def shift_back(group: Group, week: Week, shift: Shift) -> None:
    """Undo a shift of a held group whose slots nobody changed since."""
    slot = next(one for one in group.slots if one.since == week)
    if shift.slot_made:
        group.slots.remove(slot)
    else:
        _move(slot, -shift.steps)
    _move_later(group, week, -shift.steps)
    db.session.flush()


def _beginning_in(week: Week, slot: SlotRecord) -> SlotRecord:
    return SlotRecord(
        since=week,
        weekday=slot.weekday,
        start=slot.start,
        minutes=slot.minutes,
        end_said=slot.end_said,
        place_id=slot.place_id,
        visibility=slot.visibility,
        open_on=slot.open_on,
        closed_on=slot.closed_on,
    )


def _move_later(group: Group, week: Week, steps: int) -> None:
    for slot in group.slots:
        if slot.since > week:
            _move(slot, steps)
    group.slot_version += 1


def _move(slot: SlotRecord, steps: int) -> None:
    themes = read_themes(slot.themes)
    if isinstance(themes, Rotation):
        moved = Rotation(themes.anchor, (themes.first - 1 + steps) % STEPS + 1)
        slot.themes = write_themes(moved)
