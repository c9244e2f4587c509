"""What nobody answered comes to the office."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import delete, update

from app import clock
from app.actions.proposals import tell_officers_of_proposals
from app.db import db
from app.records.accounts import RoleRecord
from app.records.groups import find_group
from tests.blueprints.proposals import WRONG, letters
from tests.browsing import submit
from tests.people import Person, World

OFFICE = "/national/stay-clean/proposals"


def test_an_officer_reads_no_closed_address_beside_a_guess(client, world: World) -> None:
    with world.app.app_context():
        slot = find_group("oost").slots[0]
        slot.visibility = "nothing"
        street = slot.place.street
        db.session.execute(delete(RoleRecord).where(RoleRecord.group_id == slot.group_id))
        db.session.commit()
    submit(client, WRONG, wrong="place", street="Nergens 1")

    page = world.olaf.client().get("/national/stay-clean/proposals").text

    assert "Nergens 1" in page
    assert street not in page


def test_an_officer_sees_it_after_seven_days_and_is_told_once(client, olaf: Person) -> None:
    submit(client, WRONG, wrong="listing", description="Met thee.")
    office = olaf.client()
    assert "Met thee." not in office.get(OFFICE).text
    with olaf.app.app_context():
        assert tell_officers_of_proposals() == 0
        week_later = clock.now() + timedelta(days=7, minutes=1)

    with time_machine.travel(week_later, tick=False):
        with olaf.app.app_context():
            assert (tell_officers_of_proposals(), tell_officers_of_proposals()) == (1, 0)
            assert letters()[-1] == ("proposals_wait", "olaf@example.org")
        office = olaf.client()
        submit(office, OFFICE, to=f"{OFFICE}/1/accept")

    assert "Met thee." in client.get("/groups/oost").text
    with olaf.app.app_context():
        assert ("office_did", "anna@example.org") in letters()


@pytest.mark.parametrize("is_over", [True, False])
def test_of_a_group_that_nobody_coordinates_an_officer_sees_it_at_once(
    client, olaf: Person, is_over: bool
) -> None:
    with olaf.app.app_context():
        theirs = RoleRecord.group_id == find_group("oost").id
        yesterday = clock.today() - timedelta(days=1)
        db.session.execute(
            update(RoleRecord).where(theirs).values(until=yesterday)
            if is_over
            else delete(RoleRecord).where(theirs)
        )
        db.session.commit()
    submit(client, WRONG, wrong="listing", description="Met thee.")

    assert "Met thee." in olaf.client().get(OFFICE).text
