"""The list of fellowships: an overseer writes one down, closes it, opens or deletes it."""

import pytest
from sqlalchemy import select

from app.blueprints.national.fellowships import WAYS
from app.db import db
from app.records.changes import Change
from app.records.fellowships import Fellowship, find_fellowship
from app.records.groups import Group
from app.records.invitations import Invitation
from app.records.letters import Letter
from tests.browsing import form_on, submit, words_of
from tests.people import Person

END = "/national/stay-clean/end"


def statuses(person: Person) -> dict[str, str]:
    with person.app.app_context():
        return {one.slug: one.status for one in db.session.scalars(select(Group))}


@pytest.mark.parametrize("name", ["Groups", "Fellowships", "Provinces", "Figures", "Stay-Clean"])
def test_no_fellowship_takes_an_address_that_is_in_use(vera: Person, name: str) -> None:
    answer = submit(vera.client(), "/national/fellowships/new", name=name)

    assert answer.location.endswith("-2/officers/invite")


def test_what_closing_does_is_named_and_counted_before(vera: Person) -> None:
    page = words_of(vera.client().get(END).text)

    assert "2 groepen stoppen: 2 actief." in page
    assert "De agenda’s van 2 groepen tonen geen nieuwe bijeenkomsten meer" in page


def test_nothing_closes_without_the_tick(vera: Person) -> None:
    answer = submit(vera.client(), END)

    assert answer.status_code == 422
    assert "Vink aan dat je dit weet." in words_of(answer.text)
    assert statuses(vera) == {"oost": "active", "west": "active"}


def test_closing_stops_every_group_and_tells_everyone(vera: Person, olaf: Person) -> None:
    submit(olaf.client(), "/national/groups/oost/invite", email="noor@example.org")
    client = vera.client()

    submit(client, END, knowing="y")

    assert statuses(vera) == {"oost": "closed", "west": "closed"}
    assert "Deze organisatie is gestopt." in client.get("/fellowships/stay-clean").text
    assert "Stay Clean" not in client.get("/fellowships").text
    with vera.app.app_context():
        told = [
            one for one in db.session.scalars(select(Letter)) if one.values.get("did") == "ended"
        ]
        assert sorted(one.recipient for one in told) == ["anna@example.org", "ben@example.org"]
        assert all(one.revoked_at for one in db.session.scalars(select(Invitation)))
        assert db.session.scalar(select(Change).where(Change.deed == "end_fellowship"))


def test_in_a_closed_fellowship_nothing_begins_and_nobody_is_invited(
    vera: Person, olaf: Person, anna: Person
) -> None:
    client = vera.client()
    submit(client, END, knowing="y")

    group = submit(olaf.client(), "/national/stay-clean/found", name="Assen")
    officer = submit(client, "/national/stay-clean/officers/invite", email="noor@example.org")

    coordinator = submit(olaf.client(), "/national/groups/oost/invite", email="noor@example.org")
    sister = submit(
        anna.client(), "/coordinate/oost/sister", name="Ook", weekday="2", start="20:00"
    )
    people = "/coordinate/oost/people"
    colleague = submit(
        anna.client(), people, to=f"{people}/invite", **{"invite-email": "noor@example.org"}
    )

    for answer in (group, officer, coordinator, sister, colleague):
        assert answer.status_code == 422
        assert "Deze organisatie is gestopt." in words_of(answer.text)


def test_opened_again_each_group_stands_as_it_did(vera: Person) -> None:
    with vera.app.app_context():
        db.session.scalars(select(Group).where(Group.slug == "west")).one().status = "paused"
        db.session.commit()
    client = vera.client()
    submit(client, END, knowing="y")

    submit(client, END, to="/national/stay-clean/reopen")

    assert statuses(vera) == {"oost": "active", "west": "paused"}
    assert "Stay Clean" in client.get("/fellowships").text


def test_what_was_changed_since_stays_as_it_is(vera: Person, anna: Person) -> None:
    client = vera.client()
    submit(client, END, knowing="y")
    submit(anna.client(), "/coordinate/oost/status", status="preparing")

    submit(client, END, to="/national/stay-clean/reopen")

    assert statuses(vera) == {"oost": "preparing", "west": "active"}


def test_only_a_fellowship_without_groups_is_deleted(vera: Person) -> None:
    client = vera.client()
    submit(client, "/national/fellowships/new", name="Al-Anon")
    submit(client, "/national/al-anon/officers/invite", email="noor@example.org")

    submit(client, "/national/al-anon/end", to="/national/al-anon/delete")

    assert client.get("/national/al-anon/officers").status_code == 404
    with vera.app.app_context():
        assert [one.slug for one in db.session.scalars(select(Fellowship))] == ["stay-clean"]
        assert find_fellowship("al-anon") is None


def test_a_fellowship_with_groups_is_not_deleted_by_a_form_of_ones_own(vera: Person) -> None:
    client = vera.client()
    [token] = form_on(client, "/national/fellowships/new")["csrf_token"]

    client.post("/national/stay-clean/delete", data={"csrf_token": token})

    assert "Deze organisatie heeft groepen." in words_of(client.get(END).text)
    assert statuses(vera) == {"oost": "active", "west": "active"}


def test_no_fellowship_stands_where_another_page_does(vera: Person) -> None:
    first_words = {
        rule.rule.split("/")[2]
        for rule in vera.app.url_map.iter_rules()
        if rule.rule.startswith("/national/") and "<" not in rule.rule.split("/")[2]
    }

    assert {word.partition(".")[0] for word in first_words} - {""} == WAYS


def test_two_fellowships_of_one_name_are_one_too_many(vera: Person) -> None:
    client = vera.client()
    submit(client, "/national/fellowships/new", name="Al-Anon")

    again = submit(client, "/national/fellowships/new", name="Al-Anon")

    assert again.status_code == 422
    assert "Deze naam is al in gebruik." in again.text
