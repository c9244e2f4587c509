"""The overview: what it counts, what leads to which list, its files, and whom it betrays: nobody."""

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterator
from datetime import time, timedelta

import openpyxl
import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete

from app import clock
from app.actions.figures import KEEPS_MONTH, keep_month
from app.db import db
from app.domain.week import Week
from app.domain.zones import HOME
from app.formats.spreadsheet import XLSX_TYPE
from app.records.fellowships import Fellowship
from app.records.founding_requests import FoundingRequest
from app.records.groups import Group, find_group
from app.records.head_counts import HeadCount
from app.records.health.duties import Duty
from app.records.months import MonthKept
from app.records.participants import ParticipantRecord
from app.records.regions import Region, regions_of
from app.records.slots import SlotRecord
from tests.browsing import words_of
from tests.nights import let_a_night_pass
from tests.people import NOON, Person, World
from tests.queries import statements

PERIODS = ("since", "years", "active", "seats", "line", "founded", "ended", "visits")
PARTS = (
    "status",
    "provinces",
    "regions",
    "months",
    "beginnings",
    "towns",
    "heads",
    "listings",
    "times",
)
MARK = "zilvermeeuw"


@pytest.fixture(autouse=True)
def clock_stands_still() -> Iterator[None]:
    with time_machine.travel(NOON, tick=False):
        yield


def seat(group: Group, numbers: range, *, waiting: int = 0) -> None:
    """Give everyone a name that nobody may read."""
    for number in numbers:
        db.session.add(_person(group, f"{MARK} {number}", seat=number))
    for number in range(1, waiting + 1):
        db.session.add(_person(group, f"{MARK} wacht {number}", wait_number=number))


def _person(group: Group, alias: str, **where: int) -> ParticipantRecord:
    return ParticipantRecord(
        group_id=group.id,
        alias=alias,
        contact=f"{MARK}@example.org",
        key_hash=f"{group.id} {alias}",
        consent_at=clock.now(),
        joined_on=NOON.date(),
        **where,
    )


@pytest.fixture
def country(app: Flask, world: World) -> World:
    """Oost in Amsterdam is full and two wait; West has seven; Noord in Groningen only two."""
    with app.app_context():
        fellowship = db.session.get_one(Fellowship, world.fellowship_id)
        oost, west = find_group("oost"), find_group("west")
        oost.province = west.province = "Noord-Holland"
        seat(oost, range(1, 13), waiting=6)
        seat(west, range(1, 8))
        noord = world.group(
            fellowship, "noord", "Noord", "Groningen", weekday=7, province="Groningen", listed=False
        )
        noord.slots[0].start = time(10)
        noord.confirmed_on = NOON.date()
        west.confirmed_on = NOON.date() - timedelta(weeks=10)
        seat(noord, range(1, 3))
        west.shares_head_counts = True
        db.session.add_all(
            Region(fellowship_id=fellowship.id, name=name, kept_parts=[[*parts]])
            for name, parts in (
                ("Boven", ("province", "Groningen")),
                ("De stad", ("municipality", "Amsterdam")),
                ("Rondom", ("province", "Noord-Holland")),
            )
        )
        week = Week.at(NOON, HOME)
        db.session.add_all(
            HeadCount(group_id=west.id, week=week + -ago, people=people)
            for ago, people in ((1, 9), (2, 3), (6, 13))
        )
        db.session.commit()
        let_a_night_pass()
    return world


def test_the_missions_own_sentence_stands_on_top(country: World) -> None:
    page = words_of(country.olaf.client().get("/national/stay-clean").text)

    assert "3 groepen, ongeveer 20 deelnemers." in page


def test_the_overseer_sees_all_fellowships_in_one_sentence(country: World) -> None:
    page = words_of(country.vera.client().get("/national/").text)

    assert "1 organisatie, 3 groepen, ongeveer 20 deelnemers." in page


def rows(client: FlaskClient, name: str, slug: str = "stay-clean/") -> list[list[str]]:
    answer = client.get(f"/national/{slug}figures/{name}.csv")
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].startswith("attachment")
    return list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))[1:]


def test_each_table_counts_what_it_says(country: World) -> None:
    client = country.olaf.client()

    assert rows(client, "status")[1] == ["Actief", "3", "ongeveer 20", "1", "6"]
    assert rows(client, "provinces") == [
        ["Groningen", "1", "1–4", "0", "0"],
        ["Noord-Holland", "2", "19", "1", "6"],
    ]
    assert rows(client, "towns") == [["Amsterdam", "Noord-Holland", "1", "0", "6", "0"]]
    assert rows(client, "listings") == [
        ["Bevestigd", "0"],
        ["Wordt nagevraagd", "1"],
        ["Vraag dit eerst na", "1"],
        ["Niet vermeld", "1"],
    ]
    assert rows(client, "heads") == [
        ["november 2026", "2", "ongeveer 10"],
        ["oktober 2026", "1", "13"],
    ]
    assert ["Zondag", "’s ochtends", "1"] in rows(client, "times")
    assert ["Maandag", "’s avonds", "1"] in rows(client, "times")
    assert rows(client, "beginnings")[-1] == ["januari 2026", "3", "0"]


def test_groups_of_no_known_province_stand_below_the_provinces(country: World) -> None:
    with country.app.app_context():
        fellowship = db.session.get_one(Fellowship, country.fellowship_id)
        country.group(fellowship, "toronto", "Toronto", "Toronto", weekday=2)
        db.session.commit()

    names = [row[0] for row in rows(country.olaf.client(), "provinces")]

    assert names == ["Groningen", "Noord-Holland", "Provincie niet bekend"]


def ask_for_group(world: World, town: str, province: str) -> None:
    with world.app.app_context():
        request = FoundingRequest(
            fellowship_id=world.fellowship_id,
            town=town,
            province=province,
            status_since=NOON,
            confirmed_at=NOON,
            name=MARK,
            contact=f"{MARK}@example.org",
            key_hash=town,
            consent_at=NOON,
        )
        db.session.add(request)
        db.session.commit()


def test_a_town_that_asks_for_a_group_is_no_white_spot_while_a_seat_is_free(country: World) -> None:
    ask_for_group(country, "Groningen", "Groningen")
    ask_for_group(country, "Urk", "Flevoland")

    assert rows(country.olaf.client(), "towns") == [
        ["Amsterdam", "Noord-Holland", "1", "0", "6", "0"],
        ["Urk", "Flevoland", "0", "0", "0", "1"],
        ["Groningen", "Groningen", "1", "1", "0", "1"],
    ]


def test_every_town_where_people_wait_is_told(country: World) -> None:
    with country.app.app_context():
        fellowship = db.session.get_one(Fellowship, country.fellowship_id)
        for number in range(60):
            group = country.group(
                fellowship, f"dorp-{number}", "Dorp", f"Dorp {number:02}", weekday=2
            )
            seat(group, range(1, 13), waiting=1)
        db.session.commit()
        let_a_night_pass()

    assert len(rows(country.olaf.client(), "towns")) == 61


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", ["Noord", "Oost", "West"]),
        ("status=active", ["Noord", "Oost", "West"]),
        ("status=closed", []),
        ("province=Groningen", ["Noord"]),
        ("town=Amsterdam", ["Oost"]),
        ("weekday=1", ["Oost"]),
        ("part=morning", ["Noord"]),
        ("weekday=7&part=morning", ["Noord"]),
        ("weekday=7&part=evening", []),
        ("freshness=amber", ["West"]),
        ("freshness=ask_first", ["Oost"]),
        ("freshness=green", []),
        ("full=yes", ["Oost"]),
        ("listed=no", ["Noord"]),
        ("weekday=8&part=night&status=none&page=x&province=Texas", ["Noord", "Oost", "West"]),
    ],
)
def test_a_figure_leads_to_the_list_behind_it(country: World, query: str, names: list[str]) -> None:
    client = country.olaf.client()

    answer = client.get(f"/national/stay-clean/groups.csv?{query}")

    listed = [row[0] for row in csv.reader(io.StringIO(answer.data.decode("utf-8-sig")))][1:]
    assert listed == names
    page = client.get(f"/national/stay-clean/groups?{query}").text
    assert [name for name in ("Noord", "Oost", "West") if f">{name}<" in page] == names


def test_a_new_time_is_listed_from_its_own_week_on(country: World) -> None:
    with country.app.app_context():
        oost = find_group("oost")
        oost.slots.append(SlotRecord(since=Week.at(NOON, HOME) + 1, weekday=5, start=time(10)))
        db.session.commit()
    client = country.olaf.client()

    assert ">Oost<" in client.get("/national/stay-clean/groups?weekday=1").text
    with time_machine.travel(NOON + timedelta(weeks=1), tick=False):
        client = country.olaf.client()
        assert ">Oost<" not in client.get("/national/stay-clean/groups?weekday=1").text
        assert ">Oost<" in client.get("/national/stay-clean/groups?weekday=5").text


def test_the_workbook_holds_every_table(country: World) -> None:
    answer = country.olaf.client().get("/national/stay-clean/figures/figures.xlsx")

    assert answer.mimetype == XLSX_TYPE
    book = openpyxl.load_workbook(io.BytesIO(answer.data))
    assert len(book.sheetnames) == len(PARTS)
    assert [cell.value for cell in book[book.sheetnames[0]][3]] == [
        "Actief",
        3,
        "ongeveer 20",
        1,
        6,
    ]


def test_the_json_has_the_keys_that_institutes_rely_on(country: World) -> None:
    found = json.loads(country.vera.client().get("/national/figures/figures.json").data)

    assert list(found) == [
        "version", "date", "fellowship", "province", "region", "groups", "listings", "times", "months",
        "provinces", "regions", "fellowships", "towns",
    ]  # fmt: skip
    assert found["groups"]["active"] == {
        "number": 3,
        "seats_taken": {"number": 20, "rounded": True},
        "full_with_people_waiting": 1,
        "waiting": {"number": 6, "rounded": False},
    }
    assert found["provinces"][0]["seats_taken"] == {
        "number": None, "from": 1, "to": 4, "rounded": True,
    }  # fmt: skip


def test_the_sheet_has_two_pages(country: World) -> None:
    pdf = country.olaf.client().get("/national/stay-clean/figures/overview.pdf").data

    assert pdf.startswith(b"%PDF")
    assert pdf.count(b"/Type /Page\n") + pdf.count(b"/Type /Page/") == 2 or b"/Count 2" in pdf


@pytest.mark.parametrize(
    "address",
    [
        "/national/stay-clean/figures/nothing.csv",
        "/national/stay-clean/figures/status.csv?province=Texas",
        "/national/stay-clean/provinces/Texas",
        "/national/nobody",
        "/national/stay-clean/groups.pdf",
    ],
)
def test_what_is_not_there_is_not_found(country: World, address: str) -> None:
    assert country.olaf.client().get(address).status_code == 404


def test_a_fellowship_without_groups_has_an_overview(country: World) -> None:
    with country.app.app_context():
        db.session.add(Fellowship(slug="new", name="New", created_at=clock.now()))
        db.session.commit()
    client = country.vera.client()

    assert "0 groepen, 0 deelnemers." in words_of(client.get("/national/new").text)
    assert client.get("/national/new/figures/overview.pdf").status_code == 200


def everything(world: World) -> dict[str, bytes]:
    """Return every national page and file of officer and overseer, filtered in every way."""
    provinces = ["Noord-Holland", "Groningen"]
    filters = [
        "", "status=active", "province=Groningen", "town=Groningen", "weekday=7", "part=morning",
        "freshness=green", "listed=no", "full=yes", "status=active&province=Groningen&weekday=7",
    ]  # fmt: skip
    found = {}
    for person, prefix in ((world.olaf, "/national/stay-clean/"), (world.vera, "/national/")):
        client = person.client()
        addresses = ["/national/", "/national/stay-clean"]
        addresses += [f"{prefix}provinces/{one}" for one in provinces]
        files = [f"{part}.csv" for part in PARTS] + ["figures.xlsx", "figures.json", "overview.pdf"]
        for file in files:
            if file == "regions.csv" and person is world.vera:
                continue
            addresses += [f"{prefix}figures/{file}"]
            if file not in OF_THE_WHOLE:
                addresses += [f"{prefix}figures/{file}?province={one}" for one in provinces]
        addresses += compared(world, person, prefix, files)
        if person is world.olaf:
            for query in filters:
                addresses += [
                    f"/national/stay-clean/groups{form}?{query}" for form in ("", ".csv", ".xlsx")
                ]
        for address in addresses:
            answer = client.get(address)
            assert answer.status_code == 200, address
            found[f"{person.email} {address}"] = _without_token(_unpacked(answer.data))
    return found


def compared(world: World, person: Person, prefix: str, files: list[str]) -> list[str]:
    """Return the addresses of periods, and of all that is told by region."""
    found = ["/national/stay-clean/regions"] if person is world.olaf else []
    parts = ["", "&province=Noord-Holland", "&province=Groningen"]
    for region in world_regions(world):
        here = "/national/stay-clean"
        found += [f"{here}/regions/{region}", f"{here}/periods?region={region}"]
        found += [
            f"{here}/figures/{file}?region={region}" for file in files if file not in OF_THE_WHOLE
        ]
        if person is world.olaf:
            parts.append(f"&region={region}")
            found += [f"{here}/groups{form}?region={region}" for form in ("", ".csv")]
    for part in parts:
        for file in ("", "/periods.xlsx", *(f"/{name}.csv" for name in PERIODS)):
            for since in ("2026-10-01", "2025-01-15"):
                found.append(f"{prefix}periods{file}?since={since}{part}")
    return found


OF_THE_WHOLE = ("provinces.csv", "regions.csv")


def world_regions(world: World) -> list[int]:
    with world.app.app_context():
        return [one.id for one in regions_of(world.fellowship_id)]


def _unpacked(data: bytes) -> bytes:
    if not data.startswith(b"PK"):
        return data
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return b"".join(packed.read(name) for name in sorted(packed.namelist()))


def test_a_region_that_is_a_province_says_what_the_province_says(country: World) -> None:
    """Also of who came today, which nobody is told before tomorrow."""
    with country.app.app_context():
        seat(find_group("noord"), range(3, 8))
        db.session.commit()
        [boven] = [one for one in regions_of(country.fellowship_id) if one.name == "Boven"]
        number = boven.id
    client = country.olaf.client()

    for part in PARTS:
        if f"{part}.csv" not in OF_THE_WHOLE:
            address = f"/national/stay-clean/figures/{part}.csv"
            of_province = client.get(f"{address}?province=Groningen").data
            assert client.get(f"{address}?region={number}").data == of_province, part
    assert rows(client, "regions") == [
        ["Boven", "1", "1–4", "0", "0"],
        ["De stad", "1", "12", "1", "6"],
        ["Rondom", "1", "7", "0", "0"],
    ]


@pytest.mark.long
@pytest.mark.parametrize("which", ["seats", "line", "heads"])
def test_no_page_and_no_file_tells_how_many_a_small_group_has(country: World, which: str) -> None:
    """Not by a figure, and not by subtracting one from another: every byte is the same."""
    seen = []
    for number in (1, 2, 3, 4):
        with country.app.app_context():
            noord, oost = find_group("noord"), find_group("oost")
            for person in db.session.query(ParticipantRecord).filter_by(
                group_id=noord.id if which == "seats" else oost.id
            ):
                if which == "seats" or (which == "line" and person.wait_number):
                    db.session.delete(person)
            db.session.flush()
            if which == "seats":
                seat(noord, range(1, number + 1))
            elif which == "line":
                seat(oost, range(0), waiting=number)
            else:
                week = Week.at(NOON, HOME) + -2
                count = db.session.get_one(HeadCount, (find_group("west").id, week))
                count.people = number
            db.session.commit()
            let_a_night_pass()
            keep_last_month()
        seen.append(everything(country))

    assert seen[0] == seen[1] == seen[2] == seen[3]
    assert not [address for address, page in seen[0].items() if MARK.encode() in page.lower()]


@pytest.mark.long
def test_five_people_are_told(country: World) -> None:
    """The control of the test above: it does see a number that may be known."""
    with country.app.app_context():
        keep_last_month()
    before = everything(country)
    with country.app.app_context():
        seat(find_group("noord"), range(3, 6))
        db.session.commit()
        let_a_night_pass()
        keep_last_month()
    after = everything(country)

    assert {address for address in before if before[address] != after[address]} > {
        "olaf@example.org /national/stay-clean/figures/provinces.csv",
        "olaf@example.org /national/stay-clean/periods/seats.csv?since=2026-10-01",
    }


def keep_last_month() -> None:
    """Keep anew how October ended, as if that had been this morning; within an app context."""
    db.session.execute(delete(MonthKept))
    db.session.execute(delete(Duty).where(Duty.name == KEEPS_MONTH))
    db.session.commit()
    with time_machine.travel(NOON.replace(day=1), tick=False):
        assert keep_month() > 0


def _without_token(page: bytes) -> bytes:
    return re.sub(rb'name="csrf_token"[^>]* value="[^"]+"', b"", page)


def test_the_overview_costs_as_many_queries_with_many_groups(country: World) -> None:
    def cost(client: FlaskClient, address: str) -> int:
        with statements(country.app) as sent:
            assert client.get(address).status_code == 200
        return len(sent)

    pages = ("/national/stay-clean", "/national/stay-clean/groups")
    olaf, vera = country.olaf.client(), country.vera.client()
    few = [cost(olaf, page) for page in pages] + [cost(vera, "/national/")]
    with country.app.app_context():
        fellowship = db.session.get_one(Fellowship, country.fellowship_id)
        for number in range(60):
            group = country.group(
                fellowship, f"g{number}", f"G{number}", f"T{number}", weekday=number % 7 + 1
            )
            seat(group, range(1, 13), waiting=1)
        db.session.commit()

    assert [cost(olaf, page) for page in pages] + [cost(vera, "/national/")] == few
    assert max(few) <= 16
