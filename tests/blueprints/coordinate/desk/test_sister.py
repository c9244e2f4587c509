"""The page that begins a sister group, or gives the same people a second time in the week."""

from datetime import timedelta

from app import clock
from app.actions.closures import close_group
from app.actions.contacts import ContactEdit, write_contact
from app.domain.meeting import Status
from app.records.groups import find_group
from tests.browsing import submit
from tests.people import Person

SISTER = "/coordinate/oost/sister"
TWICE = f"{SISTER}?twice=1"


def fill(anna: Person) -> None:
    with anna.app.app_context():
        oost = find_group("oost")
        write_contact(oost, ContactEdit("Corrie", "corrie@example.org"), by=None)
        first = clock.today() + timedelta(days=9)
        close_group(oost, first, first, "Zomer", by=None)


def test_a_second_weekly_time_is_one_form(anna: Person) -> None:
    fill(anna)
    client = anna.client()
    assert TWICE in client.get("/coordinate/oost/slot").text

    answer = submit(client, TWICE, weekday="4", start="20:00")

    assert answer.location == "/coordinate/oost-donderdag"
    with anna.app.app_context():
        made = find_group("oost-donderdag")
        assert made.name == "Oost, donderdag"
        assert made.status == Status.ACTIVE
        assert [one.name for one in made.contacts] == ["Corrie"]
        assert made.contacts[0].agreed_at is None
    assert "donderdag" in client.get("/groups/oost-donderdag").text


def test_a_sister_takes_along_only_what_is_ticked(anna: Person) -> None:
    fill(anna)

    submit(anna.client(), SISTER, name="Oost 2", weekday="2", start="20:00", closures="y")

    with anna.app.app_context():
        made = find_group("oost-2")
        assert made.status == Status.PREPARING
        assert made.contacts == []


def test_what_a_group_does_not_have_is_not_asked(anna: Person) -> None:
    page = anna.client().get(SISTER).text

    assert "Neem de contactpersonen mee" not in page
    assert "Neem mee wanneer de groep dicht is" not in page
    assert "Neem alle locaties van de groep mee" not in page
