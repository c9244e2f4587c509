"""What came in clear is counted by the day, for two weeks, and nobody's reading ever fails for it."""

from datetime import date, timedelta
from pathlib import Path

from app.records.health import in_clear
from app.records.health.in_clear import note_in_clear, noted_in_clear

TODAY = date(2026, 11, 30)


def test_two_weeks_are_counted_and_what_is_older_is_let_go(tmp_path: Path):
    folder = tmp_path / "in_clear"
    for days in (20, 14, 13, 1, 1, 0):
        note_in_clear(str(folder), TODAY - timedelta(days=days))

    assert noted_in_clear(str(folder), TODAY) == (4, TODAY)
    assert sorted(one.name for one in folder.iterdir()) == [
        "2026-11-17",
        "2026-11-29",
        "2026-11-30",
    ]


def test_a_file_grows_no_longer_than_so(tmp_path: Path, monkeypatch):
    monkeypatch.setattr(in_clear, "MOST_A_DAY", 2)

    for _ in range(5):
        note_in_clear(str(tmp_path), TODAY)

    assert noted_in_clear(str(tmp_path), TODAY) == (2, TODAY)


def test_where_nothing_can_be_written_nothing_is_noted(tmp_path: Path):
    (tmp_path / "file").touch()

    note_in_clear(str(tmp_path / "file"), TODAY)
    note_in_clear(str(tmp_path / "no" / "such"), TODAY)
    note_in_clear("", TODAY)

    assert noted_in_clear(str(tmp_path / "no"), TODAY) == noted_in_clear("", TODAY) == (0, None)


def test_what_else_lies_there_is_left_alone(tmp_path: Path):
    (tmp_path / ".nfs0001").write_text("...")

    note_in_clear(str(tmp_path), TODAY)

    assert noted_in_clear(str(tmp_path), TODAY) == (1, TODAY)
    assert (tmp_path / ".nfs0001").exists()
