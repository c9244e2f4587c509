"""Settings: from defaults, file and environment; a wrong one stops the start with what to do."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from app.config import SETTINGS, WrongSetting, load, write_keys

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
    ],
)
def test_a_wrong_setting_says_which_and_how_to_mend_it(
    tmp_path: Path, name: str, value: str, sentence: str
) -> None:
    with pytest.raises(WrongSetting, match=name) as wrong:
        load(tmp_path, KEYS | {name: value})

    assert sentence in str(wrong.value)


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
