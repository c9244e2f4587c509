"""A fellowship's groups as files: each is what its reader opens, fresh, and of that fellowship."""

import csv
import io

import openpyxl
import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.actions.groups import set_status
from app.db import db
from app.domain.meeting import Status
from app.records.accounts import Account
from app.records.groups import find_group
from tests.people import World

FILES = ["groups.csv", "tsml.csv", "naws.csv"]


def rows(client: FlaskClient, name: str) -> list[list[str]]:
    answer = client.get(f"/fellowships/stay-clean/{name}")
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    return list(csv.reader(io.StringIO(answer.get_data().decode("utf-8-sig"))))


@pytest.mark.parametrize("name", FILES)
def test_each_group_is_a_row(client: FlaskClient, world: World, name: str) -> None:
    header, *groups = rows(client, name)

    assert all(len(row) == len(header) for row in groups)
    assert sorted(next(cell for cell in row if cell in ("Oost", "West")) for row in groups) == [
        "Oost",
        "West",
    ]


@pytest.mark.parametrize("name", FILES)
def test_a_group_that_stopped_is_gone_at_the_next_request(
    app: Flask, client: FlaskClient, world: World, name: str
) -> None:
    before = rows(client, name)
    with app.app_context():
        by = db.session.get_one(Account, world.anna.id)
        set_status(find_group("oost"), Status.CLOSED, by=by)

    assert len(rows(client, name)) == len(before) - 1


def test_a_workbook_says_what_the_table_says(client: FlaskClient, world: World) -> None:
    answer = client.get("/fellowships/stay-clean/groups.xlsx")

    sheet = openpyxl.load_workbook(io.BytesIO(answer.data)).active
    cells = [[str(cell or "") for cell in row] for row in sheet.iter_rows(values_only=True)]
    assert [row[0] for row in cells] == [row[0] for row in rows(client, "groups.csv")]


def test_it_speaks_the_language_of_its_reader(client: FlaskClient, world: World) -> None:
    address = "/fellowships/stay-clean/groups.csv"
    dutch = client.get(address, headers={"Accept-Language": "nl"})
    english = client.get(address, headers={"Accept-Language": "en"})

    assert dutch.data.splitlines()[0] != english.data.splitlines()[0]
    assert dutch.headers["ETag"] != english.headers["ETag"]


def test_a_fellowship_that_is_not_there_has_no_files(client: FlaskClient, world: World) -> None:
    assert client.get("/fellowships/nobody/groups.csv").status_code == 404
