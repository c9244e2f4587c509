"""A list is read every night from the address that an office gave, and never believed blindly."""

import json
from datetime import UTC, datetime

import pytest
import time_machine
from click.testing import Result
from sqlalchemy import select

from app.commands import pulling
from app.commands.fetching import Fetched, NotFetched
from app.db import db
from app.domain.exchange.pulled import Fault
from app.records.changes import Change
from app.records.exchange.list_drafts import ListDraft
from app.records.exchange.list_sources import ListSource
from app.records.groups import Group
from tests.browsing import submit, words_of
from tests.people import Person

LISTS = "/national/stay-clean/import"
ADDRESS = "https://example.org/meetings.json"
OOST = {"slug": "delft", "name": "Delft", "day": 2, "time": "19:30", "city": "Delft"}
WEST = OOST | {"slug": "gouda", "name": "Gouda", "city": "Gouda"}


class Site:
    """What the address answers."""

    def __init__(self) -> None:
        self.answer: object = [OOST, WEST]
        self.etags: list[str] = []

    def fetch(self, url: str, etag: str = "") -> Fetched:
        assert url == ADDRESS
        self.etags.append(etag)
        if isinstance(self.answer, Exception):
            raise self.answer
        body = json.dumps(self.answer).encode()
        tag = f'"{hash(body)}"'
        return Fetched(None, etag) if etag == tag else Fetched(body, tag)


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Site:
    found = Site()
    monkeypatch.setattr(pulling, "fetch", found.fetch)
    return found


def pull(olaf: Person) -> Result:
    return olaf.app.test_cli_runner().invoke(args=["pull"])


def read_once(olaf: Person) -> None:
    """Let Olaf name the address, and take over what comes the first night."""
    client = olaf.client()
    submit(
        client, LISTS, to="/national/stay-clean/sources", address=ADDRESS, name="Site", program="AA"
    )
    pull(olaf)
    submit(client, f"{LISTS}/1", do="accept")


def groups(olaf: Person) -> dict[str, str]:
    with olaf.app.app_context():
        query = select(Group).where(Group.source_key.is_not(None))
        return {one.name: one.description for one in db.session.scalars(query)}


def source(olaf: Person) -> ListSource:
    return db.session.scalars(select(ListSource)).one()


def test_a_new_list_waits_for_its_office(olaf: Person, site: Site) -> None:
    client = olaf.client()
    submit(
        client, LISTS, to="/national/stay-clean/sources", address=ADDRESS, name="Site", program="AA"
    )

    said = pull(olaf)

    assert (said.exit_code, "waits for its office" in said.output) == (0, True)
    assert groups(olaf) == {}
    with olaf.app.app_context():
        assert db.session.scalars(select(ListDraft.source)).all() == ["Site"]


def test_what_changed_is_taken_over_the_next_night(olaf: Person, site: Site) -> None:
    read_once(olaf)
    site.answer = [OOST | {"notes": "Bel aan."}, WEST]

    assert "2 rows, 1 changes" in pull(olaf).output

    assert groups(olaf) == {"Delft": "Bel aan.", "Gouda": ""}
    page = words_of(olaf.client().get(LISTS).text)
    assert "2 rijen, 1 groepen veranderd" in page


def test_the_same_list_is_not_fetched_twice(olaf: Person, site: Site) -> None:
    read_once(olaf)
    pull(olaf)

    assert "the same as before" in pull(olaf).output
    assert site.etags[-1] != ""


def test_a_list_that_lost_its_groups_takes_none_away(olaf: Person, site: Site) -> None:
    read_once(olaf)
    site.answer = []

    said = pull(olaf)

    assert said.exit_code == 1
    with olaf.app.app_context():
        assert source(olaf).fault == Fault.FEWER
        assert db.session.scalars(select(Group).where(Group.gone_on.is_not(None))).all() == []


def test_what_went_wrong_is_said_until_it_goes_well(olaf: Person, site: Site) -> None:
    read_once(olaf)
    site.answer = NotFetched(Fault.REFUSED, "503")
    with time_machine.travel(datetime(2030, 1, 2, 3, tzinfo=UTC), tick=False):
        assert pull(olaf).exit_code == 1
    page = words_of(olaf.client().get(LISTS).text)
    assert "Het adres antwoordt met fout 503." in page

    site.answer = [OOST, WEST]
    assert pull(olaf).exit_code == 0

    assert "fout 503" not in olaf.client().get(LISTS).text
    with olaf.app.app_context():
        told = db.session.scalars(select(Change.deed).where(Change.deed == "note_pull")).all()
    assert len(told) == 2


def test_a_list_that_breaks_what_reads_it_stops_no_other(olaf: Person, site: Site) -> None:
    read_once(olaf)
    with olaf.app.app_context():
        fellowship_id = source(olaf).fellowship_id
        one = ListSource(fellowship_id=fellowship_id, key="a", name="A", program="AA")
        one.address = "https://example.org/other.json"
        db.session.add(one)
        db.session.commit()
    fetch, asked = pulling.fetch, []

    def answers(url: str, etag: str = "") -> Fetched:
        asked.append(url)
        if len(asked) == 1:
            raise LookupError
        return fetch(ADDRESS, etag)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(pulling, "fetch", answers)
        said = pull(olaf)

    assert (said.exit_code, len(asked)) == (1, 2)
    assert "LookupError" not in said.output
    with olaf.app.app_context():
        faults = db.session.scalars(select(ListSource.fault)).all()
    assert sorted(faults) == ["", str(Fault.NO_LIST)]


def test_an_answer_that_is_no_list_changes_nothing(olaf: Person, site: Site) -> None:
    read_once(olaf)
    site.answer = {"error": "gone"}

    assert pull(olaf).exit_code == 1

    with olaf.app.app_context():
        assert source(olaf).fault == Fault.NO_LIST


@pytest.mark.parametrize(
    "address", ["http://example.org/list", "file:///etc/passwd", "https://a@b/"]
)
def test_only_an_https_address_can_be_named(olaf: Person, address: str) -> None:
    client = olaf.client()

    submit(client, LISTS, to="/national/stay-clean/sources", address=address, program="AA")

    assert "Geef een adres dat begint met https://." in client.get(LISTS).text
    with olaf.app.app_context():
        assert db.session.scalars(select(ListSource)).all() == []


def test_a_list_without_an_address_is_not_read_any_more(olaf: Person, site: Site) -> None:
    read_once(olaf)
    submit(olaf.client(), LISTS, to="/national/stay-clean/sources/1", address="")

    assert pull(olaf).output == ""
