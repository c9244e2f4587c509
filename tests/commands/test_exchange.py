"""Lists in and out at a terminal: what will happen row by row, and nothing half done."""

import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import create_engine, func, select

from app.db import db
from app.formats.meeting_guide.reading import read
from app.records.changes import Change
from app.records.fellowships import Fellowship
from app.records.groups import Group

SAMPLES = Path(__file__).parent.parent / "formats/samples"
SAMPLE = str(SAMPLES / "spec_kansas_city_sample.json")
ROW = {"slug": "oost", "name": "Oost", "day": 1, "time": "19:30", "city": "Amsterdam"}


@pytest.fixture(autouse=True)
def _english_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "C.UTF-8")


@pytest.fixture
def founded(app: Flask) -> Flask:
    """An installation with the fellowship aa."""
    assert run(app, "fellowship", "aa", "AA", "--subject", "alcohol").exit_code == 0
    return app


def run(app: Flask, *words: str, given: str | None = None) -> Result:
    return app.test_cli_runner().invoke(args=words, input=given)


def load(app: Flask, *rows: object, more: tuple[str, ...] = ()) -> Result:
    return run(app, "import", "-", "--fellowship", "aa", *more, given=json.dumps(rows))


def groups(app: Flask) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count(Group.id))) or 0


def test_a_fellowship_says_when_its_listings_are_to_be_confirmed(app: Flask):
    assert run(app, "fellowship", "na", "NA", "--confirm-after", "0").exit_code == 2
    assert run(app, "fellowship", "na", "NA", "--confirm-after", "12").exit_code == 0

    with app.app_context():
        assert db.session.scalars(select(Fellowship.confirm_after)).one() == 12


def test_a_fellowship_is_founded_with_what_is_said_of_it(founded: Flask):
    with founded.app_context():
        fellowship = db.session.scalars(select(Fellowship)).one()
        change = db.session.scalars(select(Change)).one()

    assert (fellowship.slug, fellowship.name, fellowship.subject) == ("aa", "AA", "alcohol")
    assert (change.deed, change.fellowship_id) == ("found_fellowship", fellowship.id)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("aa", "AA again"), "already"),
        (("A A", "AA"), "write a-a"),
        (("na", " "), "Give a name"),
        (("na", "NA", "--website", "na.example"), "https://"),
        (("na", "NA", "--zone", "Europe/Amsterdm"), "not a time zone"),
        (("na", "NA", "--zone", "../etc"), "not a time zone"),
    ],
)
def test_a_fellowship_that_cannot_be_founded_is_refused_in_a_sentence(
    founded: Flask, words: tuple[str, ...], said: str
):
    result = run(founded, "fellowship", *words)

    assert result.exit_code == 2
    assert said in result.stderr


def test_the_sample_is_imported_whole_and_then_the_same(founded: Flask):
    first = run(founded, "import", SAMPLE, "--fellowship", "aa")
    second = run(founded, "import", SAMPLE, "--fellowship", "aa")

    assert (first.exit_code, groups(founded)) == (0, 45)
    assert "row 1 (Tweed Group): new, at /groups/tweed-group" in first.stdout
    assert first.stdout.endswith("Done: 45 new.\n")
    assert second.stdout.endswith("Done: 45 stays the same.\n")


def test_nothing_is_imported_into_a_fellowship_that_has_closed(founded: Flask):
    with founded.app_context():
        db.session.scalars(select(Fellowship)).one().closed_on = date(2026, 11, 23)
        db.session.commit()

    result = load(founded, ROW)

    assert result.exit_code == 2
    assert "AA is closed, so nothing was imported." in result.stderr
    assert groups(founded) == 0


def test_a_dry_run_waits_for_nobody_who_writes(founded: Flask):
    other = create_engine(founded.config["SQLALCHEMY_DATABASE_URI"])
    with other.connect() as connection:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        result = run(founded, "import", SAMPLE, "--fellowship", "aa", "--dry-run")
        connection.rollback()
    other.dispose()

    assert result.exit_code == 0, result.output


def test_a_dry_run_says_what_would_be_and_writes_nothing(founded: Flask):
    result = run(founded, "import", SAMPLE, "--fellowship", "aa", "--dry-run")

    assert result.stdout.endswith("Would be: 45 new.\n")
    assert groups(founded) == 0


def test_a_changed_row_says_which_fields_and_how(founded: Flask):
    load(founded, ROW)

    result = load(founded, ROW | {"time": "20:00", "notes": "Bel aan."})

    assert (
        "row 1 (Oost): changes: description not known → Bel aan.; starts at 19:30 → 20:00"
        in result.stdout
    )


def test_a_row_that_left_the_list_is_named(founded: Flask):
    load(founded, ROW, ROW | {"slug": "west", "name": "West"})

    result = load(founded, ROW)

    assert "West (west): no longer in the list" in result.stdout
    assert groups(founded) == 2


def test_one_row_that_cannot_be_read_refuses_the_whole_file(founded: Flask):
    result = load(founded, ROW, ROW | {"slug": "west", "name": "West", "day": 8})

    assert result.exit_code == 2
    assert "cannot be read, row 2 (West): “8” is no day" in result.stderr
    assert "nothing was imported" in result.stderr
    assert groups(founded) == 0


def test_the_rest_is_imported_when_asked(founded: Flask):
    result = load(founded, ROW, {"name": "West", "day": 8}, more=("--skip-unreadable",))

    assert result.exit_code == 0
    assert result.stdout.endswith("Done: 1 new, 1 cannot be read.\n")
    assert groups(founded) == 1


def test_a_meeting_by_appointment_does_not_stop_the_others(founded: Flask):
    result = run(
        founded, "import", str(SAMPLES / "tsmlui_times.json"), "--fellowship", "aa",
        "--zone", "America/Chicago",
    )  # fmt: skip

    assert result.exit_code == 0
    assert "left out, row 5 (Appt): It has no weekly day and time" in result.stdout
    assert result.stdout.endswith("Done: 8 new, 1 left out.\n")
    with founded.app_context():
        assert set(db.session.scalars(select(Group.zone))) == {"America/Chicago"}


def test_a_file_that_is_not_json_says_where_it_breaks(founded: Flask):
    result = run(founded, "import", str(SAMPLES / "tsmlui_invalid.json"), "--fellowship", "aa")

    assert result.exit_code == 2
    assert "Line 80, character 4: This is no proper JSON: trailing characters" in result.stderr
    assert groups(founded) == 0


def test_an_import_for_an_unknown_fellowship_says_how_to_found_it(app: Flask):
    result = run(app, "import", SAMPLE, "--fellowship", "aa")

    assert result.exit_code == 2
    assert "flask fellowship aa NAME" in result.stderr


def test_codes_are_kept_with_the_program_that_is_named(founded: Flask):
    load(founded, ROW | {"types": ["POA"]}, more=("--program", "Al-Anon"))

    with founded.app_context():
        assert db.session.scalars(select(Group.codes)).one() == [["Al-Anon", "POA"]]


def test_no_progress_is_drawn_where_there_is_no_terminal(founded: Flask):
    assert load(founded, ROW).stderr == ""


def test_what_was_imported_is_exported_as_it_was(founded: Flask, tmp_path: Path):
    run(founded, "import", SAMPLE, "--fellowship", "aa")
    file = tmp_path / "meetings.json"

    result = run(founded, "export", "--fellowship", "aa", "--output", str(file))

    assert result.exit_code == 0
    ours = read(file.read_bytes()).entries
    theirs = read((SAMPLES / "spec_kansas_city_sample.json").read_bytes()).entries
    assert [(one.name, one.weekday, one.start, one.minutes, one.town) for one in ours] == [
        (one.name, one.weekday, one.start, one.minutes, one.town) for one in theirs
    ]


def test_an_export_goes_to_standard_output_unless_told(founded: Flask):
    load(founded, ROW)

    result = run(founded, "export", "--format", "meeting-guide")

    assert [row["name"] for row in json.loads(result.stdout)] == ["Oost"]


DUTCH = ("--language", "nl")


def test_a_dutch_terminal_is_told_in_dutch(founded: Flask, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("LC_ALL", "nl_NL.UTF-8")
    new = load(founded, ROW, more=("--dry-run",)).stdout
    assert new == "rij 1 (Oost): nieuw, op /groups/oost\nZou worden: 1 nieuw.\n"
    load(founded, ROW)

    again = load(founded, ROW | {"time": "20:00"}).stdout

    assert "rij 1 (Oost): verandert: begint om 19:30 → 20:00" in again
    assert again.endswith("Gedaan: 1 verandert.\n")


def test_what_cannot_be_read_is_told_in_the_language_that_is_asked(founded: Flask):
    crooked = load(founded, ROW | {"day": 9}, more=DUTCH)
    broken = run(founded, "import", "-", "--fellowship", "aa", *DUTCH, given="[{")

    assert "niet te lezen, rij 1 (Oost): “9” is geen dag." in crooked.stderr
    assert "dus er is niets overgenomen" in crooked.stderr
    assert "Dit is geen goede JSON" in broken.stderr
    assert "Er is niets overgenomen." in broken.stderr
