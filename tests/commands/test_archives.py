"""A fellowship leaves with all of it: read into an empty house it is the same, archived again as well."""

import io
import json
import random
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import time_machine
from click.testing import Result
from flask import Flask
from sqlalchemy import func, select

from app import create_app
from app.actions.exchange.archives import read_archive_back
from app.db import Base, db
from app.domain.exchange.archive import Archive, BrokenArchive, Flaw, Reach, for_office, split
from app.domain.seating import Availability
from app.formats.upkeep.archive import read_archive, write_archive
from app.records.changes import Change
from app.records.contacts import ContactRecord
from app.records.exchange.archived import LEFT_BEHIND, TABLES, columns_of, rows_of, table_of
from app.records.fellowships import Fellowship, all_fellowships, find_fellowship
from app.records.groups import Group, find_group
from app.records.health.invariants import broken_rules
from app.records.inside.keys_notes import KeysNote
from app.records.participants import ParticipantRecord
from app.records.places import PlaceRecord
from tests.addresses import lay_out
from tests.conftest import settings
from tests.people import NOON, World
from tests.schemas import migrate

PASSPHRASE = "twaalf stoelen in een kring"


def run(app: Flask, *words: object) -> Result:
    return app.test_cli_runner().invoke(args=[str(word) for word in words])


@contextmanager
def installation(url: str) -> Iterator[Flask]:
    app = create_app(settings(url))
    try:
        yield app
    finally:
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


@pytest.fixture
def phrase(tmp_path: Path) -> Path:
    file = tmp_path / "phrase"
    file.write_text(PASSPHRASE, encoding="utf-8")
    return file


def feeds(app: Flask, slug: str) -> dict[str, bytes]:
    """Return the calendars of a fellowship's groups by address, each in its two ways."""
    with app.app_context():
        rows = db.session.execute(
            select(Group.feed_key, Group.discreet_key)
            .join(Fellowship)
            .where(Fellowship.slug == slug)
        ).all()
    return {
        key: app.test_client().get(f"/feeds/{key}/agenda.ics").data for keys in rows for key in keys
    }


def test_every_table_is_taken_along_or_left_behind_for_a_reason():
    tables = {table.name for table in Base.metadata.sorted_tables}
    taken = {table_of(record).name for record in TABLES}

    assert taken | LEFT_BEHIND.keys() == tables
    assert not taken & LEFT_BEHIND.keys()


def test_the_demo_is_the_same_in_another_house(
    new_database: Callable[[], str], tmp_path: Path, phrase: Path
):
    """The first fellowship as a file; sealing takes a second, and the others go without."""
    urls, file = (new_database(), new_database()), tmp_path / "archive.zip"
    with time_machine.travel(NOON, tick=False):
        for url in urls:
            migrate(url)
        with installation(urls[0]) as old:
            assert run(old, "demo", "--groups", 30).exit_code == 0
            with old.app_context():
                first, *others = [one.slug for one in all_fellowships()]
                was = {slug: everything(slug) for slug in (first, *others)}
            calendars = {slug: feeds(old, slug) for slug in was}
            to = ("--to", file, "--passphrase-file", phrase, "--participants")
            assert run(old, "archive", first, *to).exit_code == 0
        with installation(urls[1]) as new:
            done = run(new, "unarchive", file, "--passphrase-file", phrase)
            assert done.exit_code == 0, done.output
            with new.app_context():
                for slug in others:
                    read_archive_back(was[slug])
                assert broken_rules() == []
                assert {slug: everything(slug) for slug in was} == was
            assert {slug: feeds(new, slug) for slug in was} == calendars
    assert sum(len(one.rows["groups"]) for one in was.values()) == 30
    assert was[first].rows["participant"]


def everything(slug: str) -> Archive:
    fellowship = find_fellowship(slug)
    assert fellowship
    return Archive(slug, Reach.PEOPLE, rows_of(fellowship, Reach.PEOPLE))


def test_of_a_place_that_nobody_sees_hardly_anything_stands_open():
    """A column more is sealed, or is named here."""
    row = dict.fromkeys(columns_of(PlaceRecord)) | {"join_is_public": False}
    slot = {"place_id": 1, "visibility": "nothing"}

    seen, _sealed = split({"place": [row], "slot": [slot]})

    assert seen["place"][0].keys() == {"kind", "country", "owner_id", "join_is_public"}


def test_a_place_where_nobody_meets_any_more_is_no_opener_than_it_was():
    """A week that was elsewhere, in a house that nobody was to know, became as usual again."""
    row = dict.fromkeys(columns_of(PlaceRecord)) | {"join_is_public": False}
    row["street"] = "Stille Steeg 12"

    seen, sealed = split({"place": [row], "slot": [], "deviation": []})

    assert "street" not in seen["place"][0]
    assert "street" not in for_office({"place": [row]})["place"][0]
    assert sealed["place"][0]["street"] == "Stille Steeg 12"


def made(app: Flask, reach: Reach) -> Archive:
    with app.app_context():
        fellowship = find_fellowship("stay-clean")
        assert fellowship
        return Archive(fellowship.slug, reach, rows_of(fellowship, reach))


def emptied(app: Flask) -> None:
    with app.app_context():
        for table in reversed(Base.metadata.sorted_tables):
            db.session.execute(table.delete())
        db.session.commit()


def read_into(app: Flask, data: bytes, tmp_path: Path, phrase: Path) -> Result:
    file = tmp_path / "archive.zip"
    file.write_bytes(data)
    return run(app, "unarchive", file, "--passphrase-file", phrase)


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def packed(files: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, data in files.items():
            zipped.writestr(name, data)
    return file.getvalue()


@pytest.fixture
def grounds(app: Flask, world: World) -> Flask:
    """Oost with people, a contact person, a place that only they know, and one without a yes."""
    lay_out(app, world)
    with app.app_context():
        oost = find_group("oost")
        assert oost
        db.session.add_all(
            [
                ContactRecord(group_id=oost.id, position=2, name="Pim", email="pim@example.org", phone=""),
                KeysNote(group_id=oost.id, words="sleutel onder de mat", version=1),
            ]
        )  # fmt: skip
        slot = oost.slots[0]
        slot.visibility = "town"
        slot.place.street = "Stille Steeg 12"
        slot.place.join_url = "https://meet.example/geheim"
        db.session.commit()
    return app


PRIVATE = (
    '"Kim"',
    "noor@example.org",
    "pim@example.org",
    "onder de mat",
    "Stille Steeg",
    "geheim",
)
"""The name as JSON writes it: three letters stand in a random key now and then."""


def test_nothing_private_stands_open_in_an_archive(grounds: Flask):
    archive = made(grounds, Reach.PEOPLE)
    files = parts(write_archive(archive, PASSPHRASE))
    sealed = files.pop("sealed.age")
    text = b"".join(files.values()).decode()

    assert [one for one in PRIVATE if one in text or one.encode() in sealed] == []
    assert [one for one in PRIVATE if one not in json.dumps(archive.rows)] == []
    assert "Haarlem" in text


def test_an_office_takes_along_what_it_may_read(grounds: Flask):
    archive = made(grounds, Reach.OFFICE)
    text = json.dumps(archive.rows)

    assert [one for one in PRIVATE if one in text] == []
    assert [one["name"] for one in archive.rows["contact"]] == ["Noor"]
    assert "participant" not in archive.rows or not archive.rows["participant"]


def test_without_people_a_seat_that_is_taken_stays_taken(grounds: Flask):
    archive = made(grounds, Reach.HOUSE)
    people = made(grounds, Reach.PEOPLE).rows["participant"]
    emptied(grounds)

    with grounds.app_context():
        read_archive_back(archive)

    assert made(grounds, Reach.HOUSE) == archive
    with grounds.app_context():
        rows = db.session.scalars(select(ParticipantRecord)).all()
        assert {one.alias for one in rows} == {None}
        seats = [one["seat"] for one in people if one["seat"] and one["hold"] in (None, "greeted")]
        assert sorted(one.seat for one in rows) == sorted(seats) != []


def test_of_seats_that_an_archive_does_not_know_nothing_is_said(grounds: Flask):
    archive = made(grounds, Reach.OFFICE)
    emptied(grounds)

    with grounds.app_context():
        read_archive_back(archive)
        assert {one.availability(0, 0) for one in db.session.scalars(select(Group))} == {
            Availability.UNSAID
        }


def with_row(files: dict[str, bytes], table: str, **columns: object) -> dict[str, bytes]:
    rows = json.loads(files[f"{table}.json"])
    rows[0] |= columns
    return files | {f"{table}.json": json.dumps(rows).encode()}


def with_manifest(files: dict[str, bytes], **more: object) -> dict[str, bytes]:
    manifest = json.loads(files["archive.json"]) | more
    return files | {"archive.json": json.dumps(manifest).encode()}


def half(data: bytes) -> bytes:
    return data[: len(data) // 2]


def flipped(data: bytes) -> bytes:
    at = data.index(b"groups.json") + 200
    return data[:at] + bytes([data[at] ^ 255]) + data[at + 1 :]


FILES: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "a letter": (lambda _data: b"Dag.", "no archive of Twaalf"),
    "another zip": (lambda _data: packed({"lijst.json": b"[]"}), "no archive of Twaalf"),
    "half": (half, "damaged or cut short"),
    "a bit": (flipped, "damaged or cut short"),
    "a file less": (
        lambda data: packed({k: v for k, v in parts(data).items() if k != "slot.json"}),
        "damaged or cut short",
    ),
    "a path": (lambda data: packed(parts(data) | {"../evil.json": b"[]"}), "never puts there"),
    "a capital": (lambda data: packed(parts(data) | {"Slot.json": b"[]"}), "never puts there"),
    "a bomb": (lambda data: packed(parts(data) | {"bomb.json": b" " * 3_000_000}), "unpacks to"),
    "later": (lambda data: packed(with_manifest(parts(data), version=2)), "A newer Twaalf"),
    "no number": (
        lambda data: packed(with_row(parts(data), "groups", version=float("nan"))),
        "groups.json",
    ),
    "deep": (
        lambda data: packed(parts(data) | {"slot.json": b"[" * 50_000 + b"]" * 50_000}),
        "slot.json",
    ),
    "no list": (lambda data: packed(parts(data) | {"slot.json": b"7"}), "slot.json"),
}


@pytest.fixture(scope="session")
def written() -> list[bytes]:
    """The file of one archive: sealing takes a second, and the same one can be spoilt in any way."""
    return []


@pytest.mark.parametrize("kind", FILES)
def test_a_bad_file_gets_a_sentence_and_nothing_of_it_is_read(
    grounds: Flask,
    written: list[bytes],
    tmp_path: Path,
    phrase: Path,
    monkeypatch: pytest.MonkeyPatch,
    kind: str,
):
    spoil, said = FILES[kind]
    if not written:
        written.append(write_archive(made(grounds, Reach.HOUSE), PASSPHRASE))
    monkeypatch.setattr("app.formats.upkeep.archive.MOST_BYTES", 2_000_000)
    emptied(grounds)

    done = read_into(grounds, spoil(written[0]), tmp_path, phrase)

    assert done.exit_code == 2, done.output
    assert said in done.stderr
    assert done.stderr.strip().endswith("Nothing was read.")
    assert is_empty(grounds)


def is_empty(app: Flask) -> bool:
    with app.app_context():
        counts = [db.session.scalar(select(func.count()).select_from(one)) for one in TABLES]
        return not any(counts)


ROWS: dict[str, tuple[str, dict[str, object], str]] = {
    "a weekday": ("slot", {"weekday": 9}, "slot"),
    "no such number": ("slot", {"group_id": 99}, "slot 1: group_id"),
    "a zone": ("groups", {"zone": "Mars/Base"}, "groups 1"),
    "a long name": ("groups", {"name": "x" * 121}, "groups 1: name"),
    "no name": ("groups", {"name": None}, "groups 1: name"),
    "a status": ("groups", {"status": "gone"}, "groups"),
    "a path": ("groups", {"slug": "../x"}, "groups 1"),
    "half a theme": ("slot", {"themes": {"kind": "rotation"}}, "slot 1"),
    "a script": ("fellowship", {"website": "javascript:1"}, "fellowship 1"),
    "a NUL": ("groups", {"name": "a\0b"}, "groups 1: name"),
    "a huge number": ("groups", {"version": 10**20}, "groups 1: version"),
    "the year 1": ("groups", {"status_since": "0001-01-01"}, "groups 1: status_since"),
    "no week": ("slot", {"since": "2026-W54"}, "slot 1: since"),
    "a list for words": ("contact", {"name": ["Noor"]}, "contact 1: name"),
    "one column too many": ("slot", {"mood": 1}, ""),
}


@pytest.mark.parametrize("kind", ROWS)
def test_rows_that_no_house_wrote_are_refused_and_nothing_of_them_is_kept(
    grounds: Flask, kind: str
):
    table, columns, where = ROWS[kind]
    archive = made(grounds, Reach.HOUSE)
    archive.rows[table][0] |= columns
    emptied(grounds)

    with grounds.app_context(), pytest.raises(BrokenArchive) as refused:
        read_archive_back(archive)

    assert refused.value.flaw is (Flaw.CONTENT if where else Flaw.NEWER)
    assert refused.value.where == where
    assert is_empty(grounds)


def test_a_wrong_passphrase_opens_nothing(grounds: Flask, tmp_path: Path, phrase: Path):
    data = write_archive(made(grounds, Reach.HOUSE), "een heel andere zin")
    emptied(grounds)

    assert "passphrase is another" in read_into(grounds, data, tmp_path, phrase).stderr


def test_an_archive_never_mixes_with_what_is_there(grounds: Flask, tmp_path: Path, phrase: Path):
    data = write_archive(made(grounds, Reach.HOUSE), PASSPHRASE)

    refused = read_into(grounds, data, tmp_path, phrase)
    with grounds.app_context():
        fellowship = find_fellowship("stay-clean")
        assert fellowship
        fellowship.slug, fellowship.name = "elders", "Elders"
        db.session.commit()
    other = read_into(grounds, data, tmp_path, phrase)

    assert "has groups or lists here already" in refused.stderr
    assert "same addresses: oost, west" in other.stderr


def test_an_archive_fills_a_fellowship_that_was_founded_and_is_empty(grounds: Flask):
    archive = made(grounds, Reach.HOUSE)
    emptied(grounds)
    assert run(grounds, "fellowship", "stay-clean", "Nog leeg").exit_code == 0

    with grounds.app_context():
        read_archive_back(archive)

    assert made(grounds, Reach.HOUSE) == archive


def test_what_is_taken_is_written_down_and_never_over_another_file(
    grounds: Flask, tmp_path: Path, phrase: Path
):
    to = tmp_path / "a.zip"
    short = tmp_path / "short"
    short.write_text("kort", encoding="utf-8")

    assert (
        "12 characters"
        in run(grounds, "archive", "stay-clean", "--to", to, "--passphrase-file", short).stderr
    )
    assert not to.exists()
    assert (
        run(grounds, "archive", "stay-clean", "--to", to, "--passphrase-file", phrase).exit_code
        == 0
    )
    assert to.stat().st_mode & 0o777 == 0o600
    assert (
        "already"
        in run(grounds, "archive", "stay-clean", "--to", to, "--passphrase-file", phrase).stderr
    )
    assert read_archive(to.read_bytes(), PASSPHRASE) == made(grounds, Reach.HOUSE)
    with grounds.app_context():
        change = db.session.scalars(select(Change).order_by(Change.id.desc())).first()
        assert change
        assert (change.deed, change.after) == ("take_archive", {"reach": "house", "groups": 2})


STRANGE = (
    None, "", "x", "x" * 5000, -1, 0, 1, 7, 13, 10**6, [], {}, [1], [["a"]], {"a": 1}, True, 1.5, "2026-W53",
    "2026-11-30", "25:00", "9999-12-31", "<b>", "javascript:1", "https://x.example", "\u202e",
)  # fmt: skip


@pytest.mark.long
@pytest.mark.parametrize("seed", range(3))
def test_whatever_stands_in_a_cell_is_refused_or_can_be_shown(grounds: Flask, seed: int):
    chance = random.Random(seed)
    good = json.dumps(made(grounds, Reach.PEOPLE).rows)
    cells = [
        (table, number, column)
        for table, rows in json.loads(good).items()
        for number, row in enumerate(rows)
        for column in row
    ]
    for _try in range(60):
        table, number, column = chance.choice(cells)
        rows = json.loads(good)
        rows[table][number][column] = chance.choice(STRANGE)
        emptied(grounds)
        try:
            with grounds.app_context():
                read_archive_back(Archive("stay-clean", Reach.PEOPLE, rows))
        except BrokenArchive:
            assert is_empty(grounds)
            continue
        for path in ("/", "/meetings.json", "/api/v1/groups", "/groups/oost", "/groups/west"):
            assert grounds.test_client().get(path).status_code < 500, (table, column)
        assert feeds(grounds, "stay-clean") is not None
