"""A contact person's yes ages: asked again each year, and off the page without an answer."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from flask import Flask, current_app
from sqlalchemy import select

from app import clock
from app.actions.contacts import (
    ContactEdit,
    agree_to_contact,
    ask_contacts_again,
    end_unanswered_yes,
    withdraw_contact,
    write_contact,
)
from app.db import db
from app.domain.retention import ASK_CONTACT_AFTER, SILENCE
from app.records.contacts import ContactRecord
from app.records.groups import find_group
from app.records.letters import Letter
from tests.people import NOON, World


@pytest.fixture
def at(app_on_each: Flask) -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOON, tick=False) as at:
        World(app_on_each)
        with app_on_each.app_context():
            write_contact(find_group("oost"), ContactEdit("Corrie", "corrie@example.org"), by=None)
            agree_to_contact(key_in("contact_yes"))
            yield at


def key_in(kind: str) -> str:
    letters = select(Letter).where(Letter.kind == kind).order_by(Letter.id.desc())
    return db.session.scalars(letters).first().values["key"]


def contact() -> ContactRecord:
    return db.session.scalars(select(ContactRecord)).one()


def test_a_year_later_they_are_asked_once_and_stay_on_the_page(at: time_machine.Traveller):
    assert ask_contacts_again(clock.now()) == 0
    at.shift(ASK_CONTACT_AFTER)

    assert ask_contacts_again(clock.now()) == 1
    assert ask_contacts_again(clock.now()) == 0
    assert contact().value() is not None
    assert contact().is_asked_again


def test_a_yes_lasts_another_year(at: time_machine.Traveller):
    at.shift(ASK_CONTACT_AFTER)
    ask_contacts_again(clock.now())

    agree_to_contact(key_in("contact_still"))

    at.shift(SILENCE + timedelta(days=1))
    assert end_unanswered_yes(clock.now()) == 0
    assert contact().value() is not None
    assert ask_contacts_again(clock.now()) == 0


def test_without_an_answer_they_come_off_the_page_and_may_still_say_yes(
    at: time_machine.Traveller,
):
    at.shift(ASK_CONTACT_AFTER)
    ask_contacts_again(clock.now())
    at.shift(SILENCE)

    assert end_unanswered_yes(clock.now()) == 1
    assert contact().value() is None
    assert end_unanswered_yes(clock.now()) == 0

    agree_to_contact(key_in("contact_still"))
    assert contact().value() is not None


@pytest.mark.parametrize("kind", ["contact_yes", "contact_still"])
def test_both_links_take_them_off(at: time_machine.Traveller, kind: str):
    first = key_in("contact_yes")
    at.shift(ASK_CONTACT_AFTER)
    ask_contacts_again(clock.now())

    withdraw_contact(first if kind == "contact_yes" else key_in("contact_still"))

    assert db.session.scalars(select(ContactRecord)).all() == []


def test_the_page_behind_the_link_asks_for_a_yes_again(at: time_machine.Traveller):
    at.shift(ASK_CONTACT_AFTER)
    ask_contacts_again(clock.now())
    page = current_app.test_client().get(f"/contacts/{key_in('contact_still')}").text

    assert "Ja, dit mag blijven staan" in page
