"""What a worker takes in before anybody asks: nothing that only printing, a list, a password, a passkey or a command needs."""

import subprocess
import sys

import pytest

from app.config import write_keys
from tests.source import ROOT

WHEN_NEEDED = [
    "typst", "xlsxwriter", "zxcvbn", "qrcode", "openpyxl", "PIL", "hypothesis", "pytest",
    "alembic", "mako", "pygments", "app.demo", "app.cli", "psycopg", "app.formats.meeting_guide.reading",
    "app.formats.lists.prose.patterns", "holidays", "webauthn", "OpenSSL", "cbor2", "pyasn1",
]  # fmt: skip


@pytest.fixture(scope="module")
def taken_in(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    folder = tmp_path_factory.mktemp("instance")
    write_keys(folder)
    told = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys; from app import create_app; create_app(takes_commands=False); print(*sys.modules)",
        ],
        cwd=ROOT,
        env={"TWAALF_INSTANCE": str(folder), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        check=True,
        text=True,
    )
    return set(told.stdout.split())


@pytest.mark.parametrize("package", WHEN_NEEDED)
def test_a_worker_starts_without(taken_in: set[str], package: str):
    assert "app.blueprints.public.groups" in taken_in
    assert package not in taken_in


def test_the_collector_rests_while_the_app_is_taken_in_and_then_leaves_it_alone(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = tmp_path_factory.mktemp("instance")
    write_keys(folder)
    told = subprocess.run(
        [
            sys.executable,
            "-c",
            "import gc, wsgi; print(gc.isenabled(), gc.get_stats()[2]['collections'], gc.get_freeze_count() > 100_000)",
        ],
        cwd=ROOT,
        env={
            "TWAALF_INSTANCE": str(folder),
            "PATH": "/usr/bin:/bin",
            "FLASK_RUN_FROM_CLI": "true",
        },
        capture_output=True,
        check=True,
        text=True,
    )

    assert told.stdout.split() == ["True", "0", "True"]
