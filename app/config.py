"""Settings: from defaults, then instance/config.py, then the environment; checked at the start."""

import base64
import difflib
import os
import runpy
import secrets
import traceback
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from cryptography.fernet import Fernet

from app import setting_values

ROOT = Path(__file__).resolve().parent.parent
CONFIG_FILE = "config.py"


class WrongSetting(Exception):
    """A setting is missing or wrong; the message says how to mend it."""


@dataclass(frozen=True)
class Setting:
    """One setting: `read` turns its text into a value, or raises ValueError with what to do."""

    name: str
    read: Callable[[str], Any]
    default: str | None
    help: str


SETTINGS = (
    Setting(
        "TWAALF_SECRET_KEY",
        setting_values.secret,
        None,
        "signs sessions and single-use links, and seals the discreet addresses of selections",
    ),
    Setting(
        "TWAALF_OLD_SECRET_KEYS",
        setting_values.secrets,
        "",
        "secret keys of before, commas between: what they signed still holds",
    ),
    Setting(
        "TWAALF_SEALING_KEYS",
        setting_values.fernet_keys,
        None,
        "Fernet keys that seal contacts, letters and second factors; commas between, the first seals",
    ),
    Setting("TWAALF_DATABASE_URL", setting_values.database, "", "SQLite in instance/ unless set"),
    Setting(
        "TWAALF_POOLER",
        setting_values.on_off,
        "off",
        "on where pgbouncer lends connections for a while",
    ),
    Setting(
        "TWAALF_REPLICA_URL",
        setting_values.replica,
        "",
        "a copy by streaming, for what all may read",
    ),
    Setting("TWAALF_REPLICA_SECONDS", setting_values.seconds, "5", "how old that may be at most"),
    Setting(
        "TWAALF_REDIS_URL",
        setting_values.redis_url,
        "",
        "shares rate limits between processes and hosts",
    ),
    Setting(
        "TWAALF_MAIL_URL", setting_values.mail_url, "", "without it letters stay in the outbox"
    ),
    Setting(
        "TWAALF_MAIL_SENDER",
        setting_values.sender,
        "post@localhost",
        "neutral sender of every letter",
    ),
    Setting(
        "TWAALF_PUBLIC_URL",
        setting_values.public_url,
        "",
        "links in letters; http://127.0.0.1:$PORT unless set",
    ),
    Setting(
        "TWAALF_TRUSTED_PROXIES", setting_values.count, "0", "how many proxies stand before the app"
    ),
    Setting(
        "TWAALF_BACKUP_FOLDER", str, "", "where `flask backup` writes; instance/backups unless set"
    ),
    Setting(
        "TWAALF_BACKUP_KEYS",
        setting_values.public_keys,
        "",
        "public keys that open backups, commas between; `flask recovery-key` makes one",
    ),
    Setting(
        "TWAALF_ERASURES",
        str,
        "",
        "the file that notes what was erased, apart from the backups; instance/erasures.txt unless set",
    ),
    Setting(
        "TWAALF_PUSH_KEY",
        setting_values.push_key,
        "",
        "signs messages to devices; without it none are offered",
    ),
    Setting(
        "TWAALF_PUSH_TRUSTED",
        setting_values.origins,
        "",
        "origins not on the internet that may take such too",
    ),
    Setting(
        "TWAALF_LIMITS",
        setting_values.on_off,
        "on",
        "off lifts rates and fill times, for load tests",
    ),
)
"""The one table of settings; docs/settings.md repeats it, and a test compares them."""

READ_BEFORE = frozenset({"TWAALF_INSTANCE"})
"""What says where the settings are."""

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")


def load(instance: Path, environ: Mapping[str, str] = os.environ) -> dict[str, Any]:
    """Return Flask's configuration. Raises WrongSetting with a sentence that says what to do."""
    written = _read_file(instance / CONFIG_FILE)
    _refuse_misspelt((*written, *environ))
    values = {setting.name: _value(setting, written, environ) for setting in SETTINGS}
    _refuse_no_replica(values)
    public_url = values["TWAALF_PUBLIC_URL"] or f"http://127.0.0.1:{environ.get('PORT', '5000')}"
    host = urlsplit(public_url).hostname or ""
    is_https = public_url.startswith("https://")
    trusted = list(LOOPBACK) if host in ("127.0.0.1", "localhost", "::1") else [host]
    return values | {
        "TWAALF_PUBLIC_URL": public_url,
        "SECRET_KEY": values["TWAALF_SECRET_KEY"],
        # Flask asks for None where there is none.
        "SECRET_KEY_FALLBACKS": values["TWAALF_OLD_SECRET_KEYS"] or None,
        "SQLALCHEMY_DATABASE_URI": values["TWAALF_DATABASE_URL"]
        or f"sqlite:///{instance / 'twaalf.sqlite'}",
        "TWAALF_BACKUP_FOLDER": values["TWAALF_BACKUP_FOLDER"] or str(instance / "backups"),
        "TWAALF_ERASURES": values["TWAALF_ERASURES"] or str(instance / "erasures.txt"),
        "RAN_FOLDER": str(instance / "ran"),
        "IN_CLEAR_FOLDER": str(instance / "in_clear"),
        "LISTS_FOLDER": str(instance / "lists"),
        "TRUSTED_HOSTS": trusted,
        "SESSION_COOKIE_NAME": "__Host-session" if is_https else "session",
        "SESSION_COOKIE_SECURE": is_https,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "PERMANENT_SESSION_LIFETIME": timedelta(days=90),
        # The longest form, a fellowship's settings, is 40 KB; no view takes a file.
        "MAX_CONTENT_LENGTH": 128 * 1024,
        "MAX_FORM_MEMORY_SIZE": 128 * 1024,
        "MAX_FORM_PARTS": 200,
        # Referrer-Policy: no-referrer makes Flask-WTF's referrer check impossible; access.py
        # refuses cross-site POSTs by Sec-Fetch-Site instead.
        "WTF_CSRF_SSL_STRICT": False,
        "WTF_CSRF_TIME_LIMIT": None,
        "BABEL_DEFAULT_LOCALE": "nl",
    }


def _read_file(file: Path) -> dict[str, Any]:
    """Return what a file of settings sets. What is wrong with it is told without quoting it: it holds keys."""
    if not file.exists():
        return {}
    try:
        return runpy.run_path(str(file))
    except SyntaxError as wrong:
        where = f"line {wrong.lineno} is no Python"
    except Exception as wrong:  # noqa: BLE001 - whatever a file of settings may do wrong
        lines = [
            one.lineno
            for one in traceback.extract_tb(wrong.__traceback__)
            if one.filename == str(file)
        ]
        where = f"line {lines[-1]} ({type(wrong).__name__})" if lines else type(wrong).__name__
    raise WrongSetting(
        f"{file} cannot be read: {where}. Write each setting as "
        'TWAALF_NAME = "value", with quotation marks around the value.'
    )


def _refuse_misspelt(names: Iterable[str]) -> None:
    known = {setting.name for setting in SETTINGS} | READ_BEFORE
    for name in names:
        if name.upper().startswith("TWAALF_") and name not in known:
            meant = difflib.get_close_matches(name.upper(), known, n=1, cutoff=0.5)
            hint = f"Did you mean {meant[0]}? " if meant else ""
            raise WrongSetting(
                f"there is no setting {name}. {hint}Mend or remove it; all are in docs/settings.md."
            )


def _refuse_no_replica(values: Mapping[str, Any]) -> None:
    replica, database = values["TWAALF_REPLICA_URL"], values["TWAALF_DATABASE_URL"]
    if replica and not database.startswith("postgresql"):
        raise WrongSetting(
            "TWAALF_REPLICA_URL is set, and TWAALF_DATABASE_URL is SQLite, which has no replica. "
            "Leave the first out, or set the second to the PostgreSQL that it is a replica of."
        )
    if replica and replica == database:
        raise WrongSetting(
            "TWAALF_REPLICA_URL is the address of the database itself. "
            "Give that of its replica, or leave it out."
        )


def _value(setting: Setting, written: Mapping[str, Any], environ: Mapping[str, str]) -> Any:
    text = environ.get(setting.name, written.get(setting.name, setting.default))
    if text is None:
        raise WrongSetting(
            f"{setting.name} is missing. Run `make install`, or set it in instance/{CONFIG_FILE} "
            f"or in the environment: it {setting.help}."
        )
    if setting.default == "" and text == "":
        return ""
    try:
        return setting.read(str(text))
    except ValueError as reason:
        raise WrongSetting(f"{setting.name} is wrong: {reason}.") from None


def secret_keys(settings: Mapping[str, Any]) -> list[str]:
    """Return the key that signs, and then those of before, which may only be recognised by."""
    return [settings["SECRET_KEY"], *(settings.get("SECRET_KEY_FALLBACKS") or [])]


def instance_folder(environ: Mapping[str, str] = os.environ) -> Path:
    """Return the folder of this installation's settings, keys and database, as an absolute path."""
    return Path(environ.get("TWAALF_INSTANCE") or ROOT / "instance").absolute()


def write_keys(instance: Path) -> bool:
    """Write random keys to instance/config.py, readable by its owner alone, unless it is there."""
    file = instance / CONFIG_FILE
    if file.exists():
        return False
    instance.mkdir(mode=0o700, parents=True, exist_ok=True)
    instance.chmod(0o700)
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    # With the first bit off it is below the order of P-256.
    random = base64.urlsafe_b64encode(bytes([secrets.randbelow(128)]) + secrets.token_bytes(31))
    with os.fdopen(descriptor, "w", encoding="utf-8") as handle:
        handle.write(
            '"""The keys of this installation. Keep a copy apart from the backups, and show nobody."""\n\n'
            f"TWAALF_SECRET_KEY = {secrets.token_urlsafe(48)!r}\n"
            f"TWAALF_SEALING_KEYS = {Fernet.generate_key().decode()!r}\n"
            f"TWAALF_PUSH_KEY = {random.decode().rstrip('=')!r}\n"
        )
    return True
