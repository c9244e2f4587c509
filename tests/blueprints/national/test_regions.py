"""An office draws its regions, and every figure follows; the whole is the sum of them."""

import csv
import io

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from app import clock
from app.db import db
from app.records.fellowships import Fellowship
from app.records.groups import find_group
from app.records.regions import Region
from tests.browsing import submit, words_of
from tests.people import Person, World

REGIONS = "/national/stay-clean/regions"


@pytest.fixture
def olaf(world: World) -> FlaskClient:
    with world.app.app_context():
        for slug in ("oost", "west"):
            find_group(slug).province = "Noord-Holland"
        find_group("oost").town = "Amsterdam"
        find_group("west").town = "Haarlem"
        db.session.commit()
    return world.olaf.client()


def draw(client: FlaskClient, name: str, drawn_of: str):
    return submit(client, f"{REGIONS}/new", name=name, drawn_of=drawn_of)


def test_a_region_is_drawn_and_the_overview_counts_it(olaf: FlaskClient) -> None:
    assert draw(olaf, "De stad", "gemeente Amsterdam").status_code == 303
    draw(olaf, "Rondom", "Noord-Holland")

    page = words_of(olaf.get("/national/stay-clean").text)
    assert "Per regio" in page
    answer = olaf.get("/national/stay-clean/figures/regions.csv").data.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(answer)))
    assert [row[:2] for row in rows[1:]] == [["De stad", "1"], ["Rondom", "1"]]
    region = olaf.get(f"{REGIONS}/1").text
    assert "1 groep, 0 deelnemers." in words_of(region)
    assert 'href="/national/stay-clean/periods?region=1"' in region


def test_what_lies_in_no_region_is_told(olaf: FlaskClient) -> None:
    draw(olaf, "De stad", "gemeente Amsterdam")

    assert "1 groep ligt in geen regio." in words_of(olaf.get(REGIONS).text)


def test_the_list_behind_a_region_holds_its_groups(olaf: FlaskClient) -> None:
    draw(olaf, "De stad", "gemeente Amsterdam")
    groups = "/national/stay-clean/groups"

    def named(query: str) -> list[str]:
        page = olaf.get(f"{groups}?{query}").text
        return [name for name in ("Oost", "West") if f">{name}<" in page]

    assert named("region=1") == ["Oost"]
    assert named("region=0") == ["West"]
    assert named("region=99") == []
    assert named("region=x") == ["Oost", "West"]
    assert "De stad" in words_of(olaf.get(f"{groups}?region=1").text)
    assert f"{groups}?region=1&amp;status=active" in olaf.get(f"{REGIONS}/1").text
    assert f"{groups}?region=0" in olaf.get("/national/stay-clean").text


def test_a_region_is_drawn_otherwise_and_taken_away(olaf: FlaskClient, world: World) -> None:
    draw(olaf, "De stad", "gemeente Amsterdam")

    page = olaf.get(f"{REGIONS}/1/edit").text
    assert ">gemeente Amsterdam<" in page or "Amsterdam" in page
    submit(olaf, f"{REGIONS}/1/edit", name="Holland", drawn_of="Noord-Holland\n1011-1018")
    assert "Noord-Holland, 1011-1018" in olaf.get(REGIONS).text
    submit(olaf, f"{REGIONS}/1/edit", to=f"{REGIONS}/1/erase")

    with world.app.app_context():
        assert db.session.scalars(select(Region)).all() == []
    assert olaf.get(f"{REGIONS}/1").status_code == 404
    history = words_of(olaf.get("/national/stay-clean/history").text)
    assert "Regio getekend" in history
    assert "Regio weggehaald" in history


@pytest.mark.parametrize(
    ("name", "drawn_of", "sentence"),
    [
        ("", "Drenthe", "Vul dit nog in."),
        ("Noord", "", "Vul dit nog in."),
        ("Noord", "Atlantis, 12", "Dit is geen provincie, gemeente of postcode: Atlantis, 12."),
        ("DE STAD", "Drenthe", "Er is al een regio die zo heet."),
        ("Noord", "Drenthe, Amsterdam", "Dit hoort al bij De stad: Amsterdam."),
    ],
)
def test_what_cannot_be_drawn_is_a_sentence_at_its_field(
    olaf: FlaskClient, world: World, name: str, drawn_of: str, sentence: str
) -> None:
    draw(olaf, "De stad", "gemeente Amsterdam")

    answer = draw(olaf, name, drawn_of)

    assert answer.status_code == 422
    assert sentence in words_of(answer.text)
    with world.app.app_context():
        assert len(db.session.scalars(select(Region)).all()) == 1


def test_a_region_that_is_not_this_fellowships_is_not_there(
    olaf: FlaskClient, world: World
) -> None:
    with world.app.app_context():
        other = Fellowship(slug="rust", name="Rust", created_at=clock.now())
        db.session.add(other)
        db.session.flush()
        theirs = Region(fellowship_id=other.id, name="Hier", kept_parts=[["province", "Drenthe"]])
        db.session.add(theirs)
        db.session.commit()
        number = theirs.id

    for wrong in (number, "2", "0", "x", "99999999999"):
        for address in ("periods", "figures/status.csv"):
            answer = olaf.get(f"/national/stay-clean/{address}?region={wrong}")
            assert answer.status_code == 404, wrong
    for address in (f"{number}", f"{number}/edit"):
        assert olaf.get(f"{REGIONS}/{address}").status_code == 404


def test_a_coordinator_draws_nothing(anna: Person) -> None:
    assert anna.client().get(REGIONS).status_code == 404
