"""An officer of a region sees, finds, mends and writes to the groups that lie in it, and no others."""

import re
from html import unescape

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.actions.national.officers import list_again
from app.db import db
from app.domain.roles import Role
from app.records.accounts import Account, RoleRecord
from app.records.fellowships import Fellowship
from app.records.group_lists.kept import KeptList
from app.records.groups import find_group
from app.records.invitations import Invitation
from app.records.letters import Letter
from app.records.regions import Region
from app.records.work.marks import WorkMark, WorkOwner
from app.records.work.points import work_of
from tests.browsing import form_on, submit, words_of
from tests.people import NOON, Person, World

GROUPS = "/national/stay-clean/groups"
OFFICERS = "/national/stay-clean/officers"
WORK = "/national/stay-clean/work"
EACH = f"{WORK}?each=yes"
NORTH, SOUTH = 1, 2


@pytest.fixture
def rita(app: Flask, world: World) -> Person:
    """Officer of the north, where Noord is; Oost and West lie nowhere, and Zuid in the south."""
    with app.app_context():
        fellowship = db.session.get_one(Fellowship, world.fellowship_id)
        for slug, name, town, province in (
            ("noord", "Noord", "Groningen", "Groningen"),
            ("zuid", "Zuiderlicht", "Maastricht", "Limburg"),
        ):
            world.group(fellowship, slug, name, town, weekday=2, province=province)
        for id, name, province in (
            (NORTH, "Het Noorden", "Groningen"),
            (SOUTH, "Het Zuiden", "Limburg"),
        ):
            db.session.add(
                Region(
                    id=id,
                    fellowship_id=fellowship.id,
                    name=name,
                    kept_parts=[["province", province]],
                )
            )
        db.session.flush()
        region = db.session.get_one(Region, NORTH)
        person = world.person("rita@example.org", "Rita", Role.REGIONAL, region=region)
        db.session.commit()
    return person


@pytest.fixture
def hers(rita: Person) -> FlaskClient:
    return rita.client()


def move(app: Flask, slug: str, province: str) -> None:
    with app.app_context():
        find_group(slug).province = province
        db.session.commit()


def role_of(person: Person) -> RoleRecord:
    return db.session.scalars(select(RoleRecord).where(RoleRecord.account_id == person.id)).one()


@pytest.mark.parametrize(
    "query",
    [
        "", "?q=Oost", "?q=Zuiderlicht", f"?region={SOUTH}", f"?region={NORTH}", "?region=0", "?town=Maastricht",
        "?province=Limburg", "?province=", "?coordinated=yes", "?coordinated=no", "?sort=-town", "?page=2", "?listed=yes",
    ],
)  # fmt: skip
def test_no_filter_and_no_file_shows_a_group_of_elsewhere(hers: FlaskClient, query: str) -> None:
    for page in (GROUPS, f"{GROUPS}.csv"):
        text = hers.get(f"{page}{query}").text

        for name in ("Zuiderlicht", "/oost", "/west", "zuid,", "Het Zuiden"):
            said_herself = name in query and page == GROUPS
            assert name not in text or said_herself, (page, name)


def test_the_page_says_which_region_it_is_and_leads_to_no_closed_door(hers: FlaskClient) -> None:
    page = hers.get(GROUPS).text

    assert "Stay Clean, Het Noorden" in words_of(page)
    assert "1 groep." in words_of(page)

    for address in set(re.findall(r'href="(/national/[^"#]*)"', page)):
        assert hers.get(unescape(address)).status_code == 200, address
    assert GROUPS in hers.get("/national/").text


def test_lists_that_the_office_keeps_are_not_hers(
    hers: FlaskClient, app: Flask, world: World
) -> None:
    with app.app_context():
        kept = KeptList(
            fellowship_id=world.fellowship_id, name="Bellen in Limburg", query="", kept_at=NOON
        )
        db.session.add(kept)
        db.session.commit()

    assert "Bellen in Limburg" not in hers.get(GROUPS).text


@pytest.mark.parametrize("do", ["write", "list", "unlist", "confirm", "say", "invite"])
def test_a_tick_at_a_group_of_elsewhere_is_no_tick(hers: FlaskClient, app: Flask, do: str) -> None:
    with app.app_context():
        ids = [find_group(slug).id for slug in ("oost", "zuid")]
    token = form_on(hers, GROUPS, f"{GROUPS}/many")["csrf_token"]

    answer = hers.post(
        f"{GROUPS}/many",
        data={"csrf_token": token, "do": do, "g": ids, "sure": "yes", "reason": "x", "words": "x"},
    )

    assert "Oost" not in answer.text
    assert "Zuiderlicht" not in answer.text
    with app.app_context():
        assert [find_group(slug).listed for slug in ("oost", "zuid")] == [True, True]
        assert db.session.scalars(select(Letter)).all() == []


def test_all_that_answer_are_all_of_hers(hers: FlaskClient, app: Flask) -> None:
    token = form_on(hers, GROUPS, f"{GROUPS}/many")["csrf_token"]
    sent = {"csrf_token": token, "do": "unlist", "all": "yes", "reason": "Dicht."}

    assert "Het gaat om 1 groep" in words_of(hers.post(f"{GROUPS}/many", data=sent).text)
    hers.post(f"{GROUPS}/many", data=sent | {"sure": "yes", "number": "1"})

    with app.app_context():
        listed = {slug: find_group(slug).listed for slug in ("noord", "oost", "west", "zuid")}
    assert listed == {"noord": False, "oost": True, "west": True, "zuid": True}


def test_a_line_of_many_invitations_names_no_group_of_elsewhere(
    hers: FlaskClient, app: Flask
) -> None:
    token = form_on(hers, GROUPS, f"{GROUPS}/many")["csrf_token"]
    sent = {"csrf_token": token, "do": "invite", "all": "yes", "then": "save"}

    hers.post(f"{GROUPS}/many", data=sent | {"lines": "Zuiderlicht; a@example.org\nNoord; b@b.nl"})

    with app.app_context():
        assert [one.email for one in db.session.scalars(select(Invitation))] == ["b@b.nl"]


@pytest.mark.parametrize("page", ["", "/mend", "/invite", "/silent"])
def test_a_group_that_moves_is_out_of_sight_at_the_next_request(
    hers: FlaskClient, app: Flask, page: str
) -> None:
    address = f"/national/groups/noord{page}"
    assert hers.get(address).status_code == 200

    move(app, "noord", "Friesland")

    assert hers.get(address).status_code == 404
    assert "/national/groups/noord" not in hers.get(GROUPS).text


def test_who_moves_a_group_away_goes_on_with_the_list(rita: Person, app: Flask) -> None:
    with app.app_context():
        db.session.get_one(Region, NORTH).kept_parts = [["postcode", "1000-1099"]]
        find_group("noord").province = ""
        db.session.commit()
    with time_machine.travel(NOON, tick=False):
        hers = rita.client()
        answer = submit(
            hers,
            "/national/groups/noord/mend",
            to="/national/groups/noord/mend/time",
            **{"time-place_name": "De Dam", "time-town": "Breda", "time-postcode": "4811 AA"},
        )

        assert answer.location == GROUPS
        assert hers.get("/national/groups/noord").status_code == 404


def test_an_officer_invites_somebody_for_a_region_who_then_sees_it_alone(
    rita: Person, olaf: Person, app: Flask
) -> None:
    client = olaf.client()

    submit(client, f"{OFFICERS}/invite", email="noor@example.org", region=str(SOUTH))

    with app.app_context():
        [invitation] = db.session.scalars(select(Invitation))
        assert (invitation.kind, invitation.region_id) == (Role.REGIONAL, SOUTH)
        assert invitation.fellowship_id is None
    page = words_of(client.get(OFFICERS).text)
    assert "beheerder van de regio Het Zuiden" in page
    assert "Rita" in page


def test_a_region_of_another_fellowship_is_not_to_be_chosen(
    rita: Person, olaf: Person, app: Flask
) -> None:
    with app.app_context():
        other = Fellowship(slug="rust", name="Rust", created_at=NOON)
        db.session.add(other)
        db.session.flush()
        region = Region(fellowship_id=other.id, name="Overal", kept_parts=[])
        db.session.add(region)
        db.session.commit()
        theirs, role = region.id, role_of(rita).id
    client = olaf.client()

    sent = submit(client, f"{OFFICERS}/invite", email="noor@example.org", region=str(theirs))
    moved = submit(client, OFFICERS, to=f"{OFFICERS}/regional/{role}/region", region=str(theirs))

    assert (sent.status_code, moved.status_code) == (422, 404)
    with app.app_context():
        assert db.session.scalars(select(Invitation)).all() == []
        assert role_of(rita).region_id == NORTH


def test_another_region_holds_at_the_next_request(
    rita: Person, hers: FlaskClient, olaf: Person, app: Flask
) -> None:
    with app.app_context():
        role = role_of(rita).id
    assert "Zuiderlicht" not in hers.get(GROUPS).text

    submit(olaf.client(), OFFICERS, to=f"{OFFICERS}/regional/{role}/region", region=str(SOUTH))

    page = hers.get(GROUPS).text
    assert "Zuiderlicht" in page
    assert "/national/groups/noord" not in page


def test_a_region_with_officers_stays_and_says_why(rita: Person, olaf: Person, app: Flask) -> None:
    client = olaf.client()
    regions = "/national/stay-clean/regions"

    submit(client, f"{regions}/{NORTH}/edit", to=f"{regions}/{NORTH}/erase")

    assert "Deze regio heeft nog beheerders." in words_of(client.get(regions).text)
    with app.app_context():
        assert db.session.get(Region, NORTH) is not None


def test_who_is_ended_has_nothing_left_and_is_told(
    rita: Person, hers: FlaskClient, olaf: Person, app: Flask
) -> None:
    with app.app_context():
        role = role_of(rita).id

    submit(olaf.client(), OFFICERS, to=f"{OFFICERS}/regional/{role}/end")

    assert hers.get(GROUPS).status_code == 404
    assert hers.get("/national/").status_code == 404
    with app.app_context():
        [letter] = db.session.scalars(select(Letter))
        assert (letter.kind, letter.values["region"]) == ("no_longer_officer", "Het Noorden")


def test_she_steps_down_herself(rita: Person, hers: FlaskClient, app: Flask) -> None:
    with app.app_context():
        role = role_of(rita).id

    answer = submit(hers, "/national/", to=f"{OFFICERS}/step-down/{role}")

    assert answer.location == "/"
    assert hers.get(GROUPS).status_code == 404


def test_she_does_not_stay_in_place_of_the_last_officer(
    rita: Person, olaf: Person, app: Flask
) -> None:
    client = olaf.client()

    submit(client, OFFICERS, to=f"{OFFICERS}/{olaf.id}/end")

    assert "Nodig eerst een opvolger uit." in words_of(client.get(OFFICERS).text)


def test_the_office_brings_no_officer_of_a_region_into_a_group_that_runs(
    rita: Person, olaf: Person, hers: FlaskClient, app: Flask
) -> None:
    for client, group in ((olaf.client(), "oost"), (hers, "noord")):
        submit(client, f"/national/groups/{group}/invite", email="rita@example.org")

    with app.app_context():
        [invited] = [one.group.slug for one in db.session.scalars(select(Invitation))] or [""]
    assert invited in ("", "noord")  # Noord has nobody to read names before


@pytest.mark.parametrize(("province", "told"), [("Groningen", True), ("Limburg", False)])
def test_a_letter_about_a_group_goes_to_the_officers_of_where_it_lies(
    rita: Person, app: Flask, world: World, province: str, told: bool
) -> None:
    move(app, "oost", province)
    with app.app_context():
        find_group("oost").listed = False
        db.session.commit()
        list_again(find_group("oost"), by=db.session.get_one(Account, world.anna.id))

        to = {one.recipient for one in db.session.scalars(select(Letter))}
    assert to == {"olaf@example.org"} | ({"rita@example.org"} if told else set())


def test_her_own_data_say_which_region(hers: FlaskClient) -> None:
    data = hers.get("/account/kept.json").get_json()

    assert [(one["role"], one["region"]) for one in data["roles"]] == [("regional", "Het Noorden")]


@pytest.mark.parametrize(
    "page", ["", "?each=yes", "?hidden=yes&each=yes", "/calls", "/calls?each=yes"]
)
def test_the_work_list_is_of_her_groups(hers: FlaskClient, app: Flask, page: str) -> None:
    """Zuiderlicht is not listed, and shares house and hour with Noord: it is another group."""
    with app.app_context():
        find_group("zuid").listed = False
        db.session.commit()

    text = hers.get(f"{WORK}{page}").text

    assert "Zuiderlicht" not in text
    assert "Oost" not in text
    assert "Zet in één keer" not in text


def test_the_work_list_of_the_whole_office_does_name_the_other(
    hers: FlaskClient, olaf: Person, app: Flask
) -> None:
    """The control: Noord has a point about Zuiderlicht, whose name she does not read."""
    with app.app_context():
        find_group("zuid").listed = False
        db.session.commit()

    assert "Zuiderlicht" in olaf.client().get(f"{WORK}?each=yes").text
    words = words_of(hers.get(EACH).text)
    assert "een andere groep" in words or "misschien dubbel" in words


@pytest.mark.parametrize("do", ["tick", "1", "back", "give", "letter"])
def test_a_point_of_a_group_of_elsewhere_is_not_to_be_picked(
    hers: FlaskClient, app: Flask, world: World, do: str
) -> None:
    with app.app_context():
        every = work_of(world.fellowship_id, NOON.date())
        keys = [one.point.key for one in every if one.slug != "noord"]
    assert keys
    token = form_on(hers, EACH, EACH)["csrf_token"]

    answer = hers.post(WORK, data={"csrf_token": token, "do": do, "point": keys})
    letter = hers.get(f"{WORK}/letter", query_string={"point": keys}).text

    assert answer.status_code == 303
    assert "Zuiderlicht" not in letter
    assert "anna" not in letter.lower()
    with app.app_context():
        assert db.session.scalars(select(WorkMark)).all() == []
        assert db.session.scalars(select(WorkOwner)).all() == []


def test_she_gives_no_work_to_officers_of_all(
    hers: FlaskClient, olaf: Person, app: Flask, world: World
) -> None:
    page = hers.get(EACH).text
    [key, *_] = re.findall(r'name="point"[^>]*value="([^"]+)"', page)
    token = form_on(hers, EACH, EACH)["csrf_token"]

    hers.post(WORK, data={"csrf_token": token, "do": "give", "point": key, "officer": olaf.id})

    assert "Geef door aan" not in page
    with app.app_context():
        assert db.session.scalars(select(WorkOwner)).all() == []


def test_what_she_settles_is_settled(hers: FlaskClient, app: Flask) -> None:
    page = hers.get(EACH).text
    [key, *_] = re.findall(r'name="point"[^>]*value="([^"]+)"', page)
    token = form_on(hers, EACH, EACH)["csrf_token"]

    hers.post(WORK, data={"csrf_token": token, "do": "tick", "point": key})

    with app.app_context():
        [mark] = db.session.scalars(select(WorkMark))
        assert mark.group_id == find_group("noord").id


@pytest.mark.parametrize(
    ("address", "code"),
    [
        (f"regions/{NORTH}", 200),
        (f"regions/{SOUTH}", 404),
        ("figures/status.csv", 404),
        (f"figures/status.csv?region={NORTH}", 200),
        (f"figures/status.csv?region={SOUTH}", 404),
        ("figures/status.csv?region=0", 404),
        ("figures/status.csv?province=Groningen", 404),
        (f"figures/figures.json?region={SOUTH}&region={NORTH}", 404),
        ("periods", 404),
        (f"periods?region={NORTH}", 200),
        (f"periods?region={SOUTH}", 404),
        ("periods?province=Limburg", 404),
        ("periods/years.csv", 404),
        (f"periods/years.csv?region={NORTH}", 200),
        ("provinces/Groningen", 404),
        ("", 404),
    ],
)
def test_figures_are_of_the_own_region_and_of_nothing_they_could_be_taken_from(
    hers: FlaskClient, address: str, code: int
) -> None:
    assert hers.get(f"/national/stay-clean/{address}".rstrip("/")).status_code == code


def test_the_figures_count_her_groups_and_lead_to_no_closed_door(hers: FlaskClient) -> None:
    page = hers.get(f"/national/stay-clean/regions/{NORTH}").text

    assert "1 actieve groep" in words_of(page)
    for address in set(re.findall(r'href="(/national/[^"#]*)"', page)):
        assert hers.get(unescape(address)).status_code == 200, address
