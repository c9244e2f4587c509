"""Fifty people who change one group at once: nothing is lost unseen, on both databases."""

import threading
from datetime import time

from flask import Flask
from sqlalchemy import select

from app import clock
from app.actions.groups import ListingEdit, edit_listing
from app.actions.slots import set_slot
from app.db import db
from app.domain.refusal import ChangedMeanwhile
from app.domain.slot import Slot
from app.domain.week import Week
from app.records.changes import Change
from app.records.groups import Group

EDITORS = 50


def the_group() -> Group:
    return db.session.scalars(select(Group)).one()


def edit_with(description: str, group: Group) -> ListingEdit:
    return ListingEdit(
        name=group.name,
        description=description,
        audience=group.audience,
        subject=group.subject,
        language=group.language,
        is_open=group.is_open,
        features=group.features,
        codes=group.codes,
        town=group.town,
        province=group.province,
        may_be_indexed=group.may_be_indexed,
        zone=group.zone,
    )


def all_at_once(app: Flask, deed) -> list[bool]:
    """Let each editor open the form, wait for all others, and save; tell who got through."""
    opened = threading.Barrier(EDITORS)
    told: list[bool] = []

    def edit(number: int) -> None:
        with app.app_context():
            group = the_group()
            version = group.version, group.slot_version
            db.session.rollback()
            opened.wait()
            try:
                deed(number, group, version)
                told.append(True)
            except ChangedMeanwhile:
                told.append(False)

    threads = [threading.Thread(target=edit, args=(number,)) for number in range(EDITORS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return told


def test_of_fifty_listings_saved_at_once_one_counts_and_the_others_are_told(both: Flask) -> None:
    def save(number: int, group: Group, version: tuple[int, int]) -> None:
        edit_listing(group, edit_with(f"van {number}", group), by=None, version=version[0])

    told = all_at_once(both, save)

    assert sorted(told) == [False] * (EDITORS - 1) + [True]
    with both.app_context():
        [change] = db.session.scalars(select(Change))
        assert the_group().description == change.after["description"]


def test_of_fifty_slots_saved_at_once_one_counts_and_the_others_are_told(both: Flask) -> None:
    since = Week.of(clock.today()) + 4

    def save(number: int, group: Group, version: tuple[int, int]) -> None:
        slot = Slot(since=since, weekday=number % 7 + 1, start=time(19, 30))
        set_slot(group, slot, by=None, version=version[1])

    told = all_at_once(both, save)

    assert sorted(told) == [False] * (EDITORS - 1) + [True]
    with both.app_context():
        assert len(the_group().slots) == 1


def test_fifty_who_do_not_say_what_they_saw_each_leave_their_change_in_the_log(
    both: Flask,
) -> None:
    def save(number: int, group: Group, version: tuple[int, int]) -> None:
        edit_listing(group, edit_with(f"van {number}", group), by=None)

    told = all_at_once(both, save)

    assert told == [True] * EDITORS
    with both.app_context():
        changes = list(db.session.scalars(select(Change).order_by(Change.id)))
        befores = [change.before["description"] for change in changes]
        afters = [change.after["description"] for change in changes]
        assert befores == ["", *afters[:-1]]
        assert the_group().calendar_rev == EDITORS + 1
