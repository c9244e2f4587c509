"""An office that looks again and again sees nobody come or go: its figures are those of the morning."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
import time_machine
from flask import Flask

from app.actions.chairs import greet, release_seat, set_chairs_taken, set_seating
from app.actions.seats import Ask, ask_for_seat, confirm_seat, leave_seat
from app.db import db
from app.domain.seating import Seating
from app.records.accounts import Account
from app.records.groups import Group, find_group
from app.records.participants import people_of
from tests.nights import let_a_night_pass
from tests.people import NOON, Person, World

PAGES = (
    "/national/",
    "/national/stay-clean",
    "/national/stay-clean/groups",
    "/national/stay-clean/groups?full=yes",
    "/national/stay-clean/groups.csv",
    "/national/stay-clean/figures/status.csv",
    "/national/stay-clean/figures/provinces.csv",
    "/national/stay-clean/figures/figures.json",
    "/national/stay-clean/work",
    "/national/stay-clean/work?concern=empty",
    "/national/stay-clean/work?concern=full",
    "/national/stay-clean/work/calls",
)


@pytest.fixture(autouse=True)
def today(world: World) -> Iterator[None]:
    with time_machine.travel(NOON, tick=False):
        yield


def seen_by(officer: Person) -> list[str]:
    """Return what every page of an office says, without what is random in each."""
    client = officer.client()
    pages = [client.get(path).text for path in PAGES]
    return [re.sub(r'(value|nonce|content)="[^"]*"', "", one) for one in pages]


def night(app: Flask) -> None:
    with app.app_context():
        let_a_night_pass()


def in_oost(app: Flask, deed: Callable[[Group, Account], object]) -> None:
    with app.app_context():
        anna = db.session.query(Account).filter_by(email="anna@example.org").one()
        deed(find_group("oost"), anna)


def come(group: Group, number: int, *, contact: str) -> str:
    address = contact.format(number=number)
    ask = Ask(alias=f"Iemand {number}", consent_text="1", contact=address)
    key = ask_for_seat(group, ask, ask_key=f"form-{number}").key
    if address and group.seating == Seating.SEATS_ITSELF:
        confirm_seat(key, by_mail=True)
    return key


@pytest.mark.parametrize("contact", ["", "prober{number}@example.org"])
@pytest.mark.parametrize("taken", [0, 4, 5, 12])
@pytest.mark.parametrize("seating", [Seating.SEATS_ITSELF, Seating.WELCOMES])
def test_who_asks_comes_and_leaves_moves_no_figure_before_the_next_day(
    app: Flask, olaf: Person, seating: Seating, taken: int, contact: str
):
    in_oost(app, lambda group, by: set_seating(group, seating, by=by))
    in_oost(app, lambda group, by: set_chairs_taken(group, taken, by=by))
    night(app)
    before = seen_by(olaf)

    keys: list[str] = []
    for number in range(2):
        in_oost(app, lambda group, _by: keys.append(come(group, number, contact=contact)))  # noqa: B023
        assert seen_by(olaf) == before
        in_oost(app, lambda group, by: greet(group, people_of(group.id)[-1].id, by=by))
        assert seen_by(olaf) == before
    in_oost(app, lambda _group, _by: leave_seat(keys[0]))
    assert seen_by(olaf) == before
    in_oost(app, lambda group, by: release_seat(group, people_of(group.id)[0].id, by=by))
    assert seen_by(olaf) == before


@pytest.mark.parametrize(("taken", "concern"), [(0, "empty"), (12, "full")])
def test_a_point_of_the_work_list_flips_by_the_day_too(
    app: Flask, olaf: Person, taken: int, concern: str
):
    def is_said() -> bool:
        return (
            "Bekijk Oost" in olaf.client().get(f"/national/stay-clean/work?concern={concern}").text
        )

    in_oost(app, lambda group, by: set_chairs_taken(group, taken, by=by))
    night(app)

    with time_machine.travel(NOON + timedelta(weeks=9), tick=False):
        before = seen_by(olaf)
        assert is_said()
        in_oost(app, lambda group, by: set_chairs_taken(group, 6, by=by))
        assert seen_by(olaf) == before
        in_oost(app, lambda group, by: set_chairs_taken(group, taken, by=by))
        assert seen_by(olaf) == before
        in_oost(app, lambda group, by: set_chairs_taken(group, 6, by=by))
    with time_machine.travel(NOON + timedelta(weeks=9, days=1), tick=False):
        assert not is_said()


def test_the_next_morning_the_figures_are_those_of_the_evening(app: Flask, olaf: Person):
    in_oost(app, lambda group, by: set_chairs_taken(group, 5, by=by))
    night(app)
    five = seen_by(olaf)

    in_oost(app, lambda group, by: set_chairs_taken(group, 8, by=by))
    assert seen_by(olaf) == five
    with time_machine.travel(NOON + timedelta(days=1), tick=False):
        eight = seen_by(olaf)

    assert ",5," in five[4] or '"5"' in five[4]
    assert ",8," in eight[4] or '"8"' in eight[4]
