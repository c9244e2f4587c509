"""Telling the coordinators of other groups what one group, or an office, did to a house or shut."""

from collections.abc import Iterable
from typing import Any

from app.actions.parts.outbox import write_letter
from app.domain.closure_effect import Effect
from app.records.accounts import Account
from app.records.closures import Reader, readers_of
from app.records.groups import Group
from app.records.weeks import ClosureRecord


def tell_the_house(
    groups: Iterable[Group],
    before: str,
    after: str,
    *,
    by_group: Group,
    by: Account | None,
    is_back: bool = False,
) -> None:
    """Write to the coordinators of other groups what the address of their house was and is now.

    Each gets a letter for each of their groups, not whoever did it. One query.
    """
    told = {group.id: group for group in groups}
    for reader in readers_of(told) if told else []:
        if by is not None and reader.account_id == by.id:
            continue
        group = told[reader.group_id]
        write_letter(
            "house_mended",
            to=reader.email,
            language=reader.language,
            values={
                "name": reader.name,
                "group": group.name,
                "slug": group.slug,
                "who": by_group.name if by_group.listed else "",
                "before": before,
                "after": after,
                "is_back": is_back,
            },
        )


def tell_of_closure(
    record: ClosureRecord,
    what: str,
    ask: str,
    effects: dict[Group, Effect],
    *,
    by: Account | None,
    owner_id: int | None,
) -> None:
    """Write one letter to each coordinator of the groups that a closure touches, about all theirs.

    Not of the group whose closure it is (`owner_id`). `what` is shut; `ask` is whom to ask, in
    words that may be empty. One query.
    """
    told = {
        group.id: (group, effect)
        for group, effect in effects.items()
        if effect and group.id != owner_id
    }
    letters: dict[int, tuple[Reader, list[tuple[Group, Effect]]]] = {}
    for reader in readers_of(told) if told else []:
        if by is None or reader.account_id != by.id:
            letters.setdefault(reader.account_id, (reader, []))[1].append(told[reader.group_id])
    for reader, touched in letters.values():
        write_letter(
            "closed" if any(one.off or one.asked_again for _, one in touched) else "reopened",
            to=reader.email,
            language=reader.language,
            values={
                "name": reader.name,
                "what": what,
                "is_place": record.place_id is not None,
                "first": record.first_day.isoformat(),
                "last": record.last_day.isoformat(),
                "reason": record.reason,
                "ask": ask,
                "groups": [_for_letter(group, effect) for group, effect in touched],
            },
        )


def _for_letter(group: Group, effect: Effect) -> dict[str, Any]:
    return {
        "name": group.name,
        "slug": group.slug,
        "off": [day.isoformat() for day in effect.off],
        "on": [day.isoformat() for day in effect.on],
        "asked_again": bool(effect.asked_again),
    }
