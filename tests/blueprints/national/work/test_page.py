"""The work list of a fellowship's office: seen, ticked off, put aside, and written about."""

import re
from datetime import date, timedelta

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app import clock
from app.db import db
from app.domain.roles import Role
from app.domain.work import Concern
from app.records.changes import Change, ChangeOfGroup
from app.records.contacts import ContactRecord
from app.records.groups import find_group
from app.records.work.marks import WorkMark
from tests.browsing import submit, words_of
from tests.people import World
from tests.queries import statements

LIST = "/national/stay-clean/work"


def shown(client: FlaskClient, **query: str) -> str:
    return client.get(LIST, query_string={"each": "yes"} | query).text


def keys(client: FlaskClient, **query: str) -> list[str]:
    return re.findall(r'name="point" id="[^"]+" value="([^"]+)"', shown(client, **query))


def key_of(client: FlaskClient, concern: Concern) -> str:
    return next(key for key in keys(client) if f".{concern}." in key)


def press(client: FlaskClient, do: str, *points: str, page: str = LIST):
    return submit(
        client,
        f"{LIST}?each=yes" if page == LIST else page,
        to=f"{LIST}?each=yes" if page == LIST else f"{LIST}?hidden=yes",
        point=list(points),
        do=do,
    )


def test_a_point_says_what_is_the_matter_and_how_many_there_are(olaf: FlaskClient):
    page = words_of(shown(olaf))

    assert "een half jaar niet bevestigd" in page
    assert "Voor het laatst bevestigd op maandag 2 maart 2026." in page


def test_the_list_is_narrowed_to_one_kind(olaf: FlaskClient):
    assert keys(olaf, concern="not_confirmed") == [key_of(olaf, Concern.NOT_CONFIRMED)]
    assert keys(olaf, concern="full") == []
    assert "Geen enkel punt past hierbij." in shown(olaf, concern="full")


def test_what_is_ticked_off_stays_away_until_it_changes(app: Flask, olaf: FlaskClient):
    key = key_of(olaf, Concern.NOT_CONFIRMED)

    assert press(olaf, "tick", key).status_code == 303

    assert key not in keys(olaf)
    assert key in keys(olaf, hidden="yes")
    with app.app_context():
        find_group("oost").confirmed_on = date(2026, 4, 6)
        db.session.commit()
    assert key_of(olaf, Concern.NOT_CONFIRMED) != key


def test_what_is_put_aside_comes_back_on_its_day(olaf: FlaskClient, app: Flask):
    key = key_of(olaf, Concern.NOT_CONFIRMED)
    press(olaf, "4", key)

    assert key not in keys(olaf)
    with app.app_context():
        mark = db.session.scalar(select(WorkMark))
        assert mark.until == clock.today() + timedelta(weeks=4)
        mark.until = clock.today()
        db.session.commit()
    assert key in keys(olaf)


def test_one_tap_puts_it_back(olaf: FlaskClient):
    key = key_of(olaf, Concern.NOT_CONFIRMED)
    press(olaf, "tick", key)

    press(olaf, "back", key, page=f"{LIST}?hidden=yes")

    assert key in keys(olaf)


def test_a_tick_stands_in_the_log_of_the_fellowship_and_not_of_the_group(
    app: Flask, olaf: FlaskClient
):
    press(olaf, "tick", key_of(olaf, Concern.NOT_CONFIRMED))

    with app.app_context():
        change = db.session.scalars(select(Change).where(Change.deed == "put_aside")).one()
        assert change.after == {"points": ["oost not_confirmed"], "back_on": ""}
        assert change.fellowship_id is not None
        of_groups = select(ChangeOfGroup).where(ChangeOfGroup.change_id == change.id)
        assert db.session.scalars(of_groups).all() == []


def test_a_point_of_another_fellowship_is_not_there_to_be_ticked(app: Flask, olaf: FlaskClient):
    press(olaf, "tick", "999.full.00000000")

    assert "Vink er eerst minstens één aan." in shown(olaf)
    with app.app_context():
        assert db.session.scalars(select(WorkMark)).all() == []


def test_two_in_one_room_and_doubles_are_told_with_the_reason(app: Flask, olaf: FlaskClient):
    with app.app_context():
        oost, west = find_group("oost"), find_group("west")
        west.slots[0].weekday, west.slots[0].place_id = 1, oost.slots[0].place_id
        west.slots[0].start = oost.slots[0].start.replace(hour=20)
        db.session.commit()
    assert "Zelfde zaal, zelfde uren als West." in shown(olaf, concern="same_room")

    with app.app_context():
        find_group("west").slots[0].start = find_group("oost").slots[0].start
        db.session.commit()

    assert "Zelfde dag en tijd als West, en vlakbij." in shown(olaf, concern="double")
    assert keys(olaf, concern="same_room") == []


def test_the_list_costs_as_many_queries_for_many_groups(app: Flask, world: World, olaf):
    shown(olaf)
    with statements(app) as few:
        shown(olaf)
    with app.app_context():
        fellowship = find_group("oost").fellowship
        for number in range(20):
            world.group(fellowship, f"g-{number}", f"Groep {number}", "Assen", weekday=2)
        db.session.commit()
    with statements(app) as many:
        shown(olaf)

    assert len(many) == len(few) <= 30


def test_the_page_speaks_english_too(olaf: FlaskClient):
    page = words_of(olaf.get(LIST, query_string={"lang": "en", "each": "yes"}).text)

    assert "not confirmed for half a year" in page
    assert "Last confirmed on" in page


def orphans(world: World, number: int) -> None:
    with world.app.app_context():
        fellowship = find_group("oost").fellowship
        for one in range(number):
            world.group(fellowship, f"wees-{one}", f"Wees {one}", "Assen", weekday=2)
        db.session.commit()


def deal_with(client: FlaskClient, do: str, number: int, **more: str):
    form = {"pile": "no_coordinator", "number": str(number), "do": do}
    return submit(client, LIST, to=LIST, **form | more)


def test_very_many_groups_without_a_coordinator_are_one_row(olaf: FlaskClient, world: World):
    orphans(world, 60)

    page = olaf.get(LIST).text

    assert page.count('<span class="amount">60</span> <span>zonder coördinator <small>') == 1
    assert "Wees 7" not in words_of(page)


def test_a_whole_pile_is_put_off_and_what_changed_meanwhile_is_said(
    olaf: FlaskClient, world: World
):
    orphans(world, 3)

    deal_with(olaf, "1", 2)
    assert "De lijst is intussen veranderd." in words_of(olaf.get(LIST).text)
    deal_with(olaf, "1", 3)

    assert keys(olaf, concern="no_coordinator") == []
    assert len(keys(olaf, hidden="yes")) == 3


def test_work_is_given_to_a_colleague_and_found_as_theirs(olaf: FlaskClient, world: World):
    orphans(world, 2)
    with world.app.app_context():
        fellowship = find_group("oost").fellowship
        petra = world.person("petra@example.org", "Petra", Role.OFFICER, fellowship=fellowship)
        db.session.commit()

    deal_with(olaf, "give", 2, officer=str(petra.id))

    assert words_of(shown(olaf)).count("bij Petra") == 2
    assert keys(olaf, mine="yes") == []
    assert len(keys(petra.client(), mine="yes")) == 2
    deal_with(olaf, "give", 2, officer=str(world.anna.id))
    assert words_of(shown(olaf)).count("bij Petra") == 2


def test_a_round_of_calls_has_numbers_only_of_who_said_yes(olaf: FlaskClient, world: World):
    with world.app.app_context():
        oost = find_group("oost")
        for position, agreed in ((1, clock.now()), (2, None)):
            oost.contacts.append(
                ContactRecord(
                    position=position,
                    name=f"Contact {position}",
                    email="c@example.org",
                    phone=f"+3161234567{position}",
                    shows_phone=True,
                    agreed_at=agreed,
                )
            )
        db.session.commit()

    sheet = words_of(olaf.get(f"{LIST}/calls").text)

    assert "Contact 1 +31612345671" in " ".join(sheet.split())
    assert "Contact 2" not in sheet
    assert "Voor het laatst bevestigd op" in sheet
    assert "example.org" not in sheet
