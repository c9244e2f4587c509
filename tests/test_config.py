"""Settings: from defaults, file and environment; a wrong one stops the start with what to do."""

import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from app.config import SETTINGS, WrongSetting, instance_folder, load, write_keys

ROOT = Path(__file__).resolve().parent.parent
KEYS = {
    "TWAALF_SECRET_KEY": "k" * 32,
    "TWAALF_SEALING_KEYS": Fernet.generate_key().decode(),
}


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("TWAALF_SECRET_KEY", "short", "at least 32 random characters"),
        ("TWAALF_SEALING_KEYS", "not-a-key", "Fernet key"),
        ("TWAALF_SEALING_KEYS", ",", "at least one Fernet key"),
        ("TWAALF_DATABASE_URL", "mysql://x", "write sqlite:///"),
        ("TWAALF_PUBLIC_URL", "groups.example.org", "such as https://"),
        ("TWAALF_PUBLIC_URL", "https://example.org/groups", "without a path"),
        ("TWAALF_MAIL_URL", "mail.example.org", "write smtp://"),
        ("TWAALF_MAIL_SENDER", "nobody", "one mail address"),
        ("TWAALF_REDIS_URL", "localhost", "write redis://"),
        ("TWAALF_TRUSTED_PROXIES", "-1", "whole number"),
        ("TWAALF_LIMITS", "maybe", "on or off"),
        ("TWAALF_REPLICA_URL", "sqlite:///copy.sqlite", "write postgresql+psycopg://"),
        (
            "TWAALF_REPLICA_URL",
            "postgresql+psycopg://replica/twaalf",
            "SQLite, which has no replica",
        ),
        ("TWAALF_REPLICA_SECONDS", "0", "1 or more"),
    ],
)
def test_a_wrong_setting_says_which_and_how_to_mend_it(
    tmp_path: Path, name: str, value: str, sentence: str
) -> None:
    with pytest.raises(WrongSetting, match=name) as wrong:
        load(tmp_path, KEYS | {name: value})

    assert sentence in str(wrong.value)


def test_the_database_is_no_replica_of_itself(tmp_path: Path) -> None:
    url = "postgresql+psycopg://host/twaalf"

    with pytest.raises(WrongSetting, match="the address of the database itself"):
        load(tmp_path, KEYS | {"TWAALF_DATABASE_URL": url, "TWAALF_REPLICA_URL": url})


@pytest.mark.parametrize("by_file", [True, False])
def test_a_misspelt_setting_stops_the_start_and_says_what_was_meant(
    tmp_path: Path, by_file: bool
) -> None:
    write_keys(tmp_path)
    if by_file:
        with (tmp_path / "config.py").open("a") as file:
            file.write('TWAALF_MAILURL = "smtp://mail.example.org"\n')

    with pytest.raises(
        WrongSetting, match=r"no setting TWAALF_MAILURL\. Did you mean TWAALF_MAIL_U"
    ):
        load(tmp_path, {} if by_file else {"TWAALF_MAILURL": "smtp://mail.example.org"})


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("TWAALF_LIMITS = off", r"line 6 \(NameError\)"),
        ('TWAALF_LIMITS = "off', "line 6 is no Python"),
        ("import nothing_like_it", r"line 6 \(ModuleNotFoundError\)"),
    ],
)
def test_a_broken_file_of_settings_is_told_by_its_line_and_never_quoted(
    tmp_path: Path, line: str, told: str
) -> None:
    write_keys(tmp_path)
    with (tmp_path / "config.py").open("a") as file:
        file.write(f"{line}\n")

    with pytest.raises(WrongSetting, match=told) as wrong:
        load(tmp_path, {})

    assert "TWAALF_LIMITS" not in str(wrong.value)


@pytest.mark.parametrize("name", list(KEYS))
def test_a_missing_key_points_to_make_install(tmp_path: Path, name: str) -> None:
    with pytest.raises(WrongSetting, match=f"{name} is missing. Run `make install`"):
        load(tmp_path, {key: value for key, value in KEYS.items() if key != name})


def test_the_environment_stands_above_the_file(tmp_path: Path) -> None:
    write_keys(tmp_path)
    with (tmp_path / "config.py").open("a") as file:
        file.write('TWAALF_PUBLIC_URL = "https://from.file.example"\n')

    from_file = load(tmp_path, {})
    from_environment = load(tmp_path, {"TWAALF_PUBLIC_URL": "https://from.environ.example"})

    assert from_file["TWAALF_PUBLIC_URL"] == "https://from.file.example"
    assert from_environment["TWAALF_PUBLIC_URL"] == "https://from.environ.example"


def test_keys_are_random_private_and_written_once(tmp_path: Path) -> None:
    assert write_keys(tmp_path / "one")
    assert write_keys(tmp_path / "two")
    assert not write_keys(tmp_path / "one")

    one, two = (tmp_path / name / "config.py" for name in ("one", "two"))
    assert one.read_text() != two.read_text()
    assert one.stat().st_mode & 0o077 == 0
    assert one.parent.stat().st_mode & 0o077 == 0


def test_the_folder_of_an_installation_is_named_by_the_environment(tmp_path: Path) -> None:
    assert instance_folder({"TWAALF_INSTANCE": str(tmp_path)}) == tmp_path
    assert instance_folder({}) == ROOT / "instance"


def test_https_makes_the_session_cookie_a_host_cookie(tmp_path: Path) -> None:
    at_home = load(tmp_path, KEYS | {"PORT": "8123"})
    outside = load(tmp_path, KEYS | {"TWAALF_PUBLIC_URL": "https://groups.example.org"})

    assert at_home["TWAALF_PUBLIC_URL"] == "http://127.0.0.1:8123"
    assert (at_home["SESSION_COOKIE_NAME"], at_home["SESSION_COOKIE_SECURE"]) == ("session", False)
    assert outside["SESSION_COOKIE_NAME"] == "__Host-session"
    assert outside["SESSION_COOKIE_SECURE"]


def test_loopback_hosts_are_trusted_only_while_the_site_is_at_home(tmp_path: Path) -> None:
    at_home = load(tmp_path, KEYS)
    outside = load(tmp_path, KEYS | {"TWAALF_PUBLIC_URL": "https://groups.example.org"})

    assert "localhost" in at_home["TRUSTED_HOSTS"]
    assert outside["TRUSTED_HOSTS"] == ["groups.example.org"]


def test_the_table_in_the_docs_names_every_setting() -> None:
    rows = re.findall(r"^\| `(TWAALF_\w+)` \| (.+?) \| (.+?) \|$", _settings_page(), re.MULTILINE)

    assert [name for name, _, _ in rows] == [setting.name for setting in SETTINGS]


def _settings_page() -> str:
    return (ROOT / "docs" / "settings.md").read_text()


@pytest.mark.server
def test_the_start_stops_with_one_sentence_and_no_traceback(tmp_path: Path) -> None:
    started = subprocess.run(
        [sys.executable, "-c", "import wsgi"],
        cwd=ROOT,
        env={"TWAALF_INSTANCE": str(tmp_path), "TWAALF_SECRET_KEY": "short", "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )

    assert started.returncode != 0
    assert started.stderr.startswith("Twaalf does not start: TWAALF_SECRET_KEY is wrong")
    assert "Traceback" not in started.stderr


def run_with(instance: Path, *command: str, **settings: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env={"TWAALF_INSTANCE": str(instance), "PATH": "", **settings},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.server
def test_what_would_not_heal_stops_the_start_and_each_command_with_how_to_mend_it(
    tmp_path: Path,
) -> None:
    write_keys(tmp_path)
    flask, start = ("-m", "flask", "--app", "wsgi"), ("-c", "import wsgi")

    told = [run_with(tmp_path, *start), run_with(tmp_path, *flask, "letters", "send")]
    files = sorted(file.name for file in tmp_path.iterdir())
    made = run_with(tmp_path, *flask, "db", "upgrade")
    whole = sorted(file.name for file in tmp_path.iterdir())
    with closing(sqlite3.connect(tmp_path / "twaalf.sqlite")) as database:
        database.execute("UPDATE alembic_version SET version_num = '0001'")
        database.commit()
    told += [run_with(tmp_path, *start), run_with(tmp_path, *flask, "reseal")]

    kinds = ("database_missing", "database_missing", "not_migrated", "not_migrated")
    for one, kind in zip(told, kinds, strict=True):
        assert one.returncode == 1
        assert f"{kind}: " in one.stderr
        assert len(one.stderr.splitlines()) == 1
    assert files == ["config.py", "figures"]
    assert made.returncode == 0
    assert whole == ["config.py", "figures", "twaalf.sqlite"], (
        "closed well, SQLite is one whole file"
    )
    assert (tmp_path / "twaalf.sqlite").stat().st_mode & 0o077 == 0


@pytest.mark.server
def test_a_key_that_opens_nothing_stops_the_start_and_reseal(tmp_path: Path) -> None:
    write_keys(tmp_path)
    flask = ("-m", "flask", "--app", "wsgi")
    run_with(tmp_path, *flask, "db", "upgrade")
    run_with(tmp_path, *flask, "invite", "vera@example.org", "--role", "overseer")
    other = {"TWAALF_SEALING_KEYS": Fernet.generate_key().decode()}

    for command in (("-c", "import wsgi"), (*flask, "reseal")):
        told = run_with(tmp_path, *command, **other)
        assert told.returncode == 1
        assert "wrong_sealing_key: TWAALF_SEALING_KEYS does not open" in told.stderr
        assert "Traceback" not in told.stderr
