"""Whatever falls over, nothing acknowledged is lost: the short form of `make faults`, a row of it each."""

import os
from pathlib import Path

import pytest

from bench.faults.postgres import may_mount, postgres
from bench.faults.rows import SHORT, run

pytestmark = pytest.mark.server
on_postgres = pytest.mark.postgres
long = pytest.mark.long


@pytest.mark.parametrize(
    ("fault", "database"),
    [
        pytest.param("F1", "sqlite", marks=long),
        pytest.param("F1", "postgres", marks=[long, on_postgres]),
        pytest.param("F2", "postgres", marks=on_postgres),
        pytest.param("F3", "postgres", marks=[long, on_postgres]),
        pytest.param("F4", "sqlite"),
        *([pytest.param("F4", "postgres", marks=[long, on_postgres])] if may_mount() else []),
        pytest.param("F5", "sqlite", marks=long),
        pytest.param("F5", "postgres", marks=[long, on_postgres]),
        pytest.param("F6", "sqlite", marks=long),
        pytest.param("F6", "postgres", marks=[long, on_postgres]),
        pytest.param("F8", "sqlite", marks=long),
        pytest.param("F8", "postgres", marks=[long, on_postgres]),
        pytest.param("F9", "sqlite", marks=long),
        pytest.param("F9", "postgres", marks=[long, on_postgres]),
        pytest.param("F10", "sqlite", marks=long),
    ],
)
def test_nothing_acknowledged_is_lost(
    fault: str, database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if database == "sqlite":
        [row] = run(f"sqlite:///{tmp_path}/faults.sqlite", tmp_path, SHORT, only=[fault])
    else:
        if "XDG_RUNTIME_DIR" not in os.environ:  # as on a server without a desktop
            monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
        with postgres(tmp_path / "postgres") as own:
            [row] = run(own.url, tmp_path, SHORT, only=[fault], database=own)

    assert (row.is_broken, row.lost) == (False, 0), row.seen
    assert row.acknowledged > 0, "nobody was acknowledged: the test proves nothing"
