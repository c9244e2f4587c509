"""Settings: from defaults, then instance/config.py, then the environment; checked at the start."""

import os
import runpy
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from cryptography.fernet import Fernet

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


def _secret(text: str) -> str:
    if len(text) < 32:
        raise ValueError("make it at least 32 random characters; `make install` writes one")
    return text


def _fernet_keys(text: str) -> list[str]:
    keys = [key.strip() for key in text.split(",") if key.strip()]
    for key in keys:
        try:
            Fernet(key)
        except ValueError:
            raise ValueError(
                "each key is a Fernet key of 44 characters; `make install` writes one"
            ) from None
    if not keys:
        raise ValueError("give at least one Fernet key; `make install` writes one")
    return keys


def _database(text: str) -> str:
    if not text.startswith(("sqlite:///", "postgresql+psycopg://")):
        raise ValueError(
            "write sqlite:///path/to/file.sqlite or postgresql+psycopg://user@host/name"
        )
    return text


def _public_url(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path not in ("", "/"):
        raise ValueError(
            "write the address people use, such as https://groups.example.org, without a path"
        )
    return f"{parts.scheme}://{parts.netloc}"


def _mail_url(text: str) -> str:
    if text and urlsplit(text).scheme not in ("smtp", "smtps"):
        raise ValueError("write smtp://user:password@host:587, or smtps://host, or leave it out")
    return text


def _redis_url(text: str) -> str:
    if text and urlsplit(text).scheme not in ("redis", "rediss", "unix"):
        raise ValueError("write redis://host:6379/0, or leave it out")
    return text


def _count(text: str) -> int:
    if not text.isdecimal():
        raise ValueError("write a whole number, 0 or more")
    return int(text)


def _on_off(text: str) -> bool:
    if text not in ("on", "off"):
        raise ValueError("write on or off")
    return text == "on"


def _sender(text: str) -> str:
    if text.count("@") != 1:
        raise ValueError("write one mail address, such as post@groups.example.org")
    return text


SETTINGS = (
    Setting("TWAALF_SECRET_KEY", _secret, None, "signs sessions and single-use links"),
    Setting(
        "TWAALF_SEALING_KEYS",
        _fernet_keys,
        None,
        "Fernet keys that seal contacts, letters and second factors; commas between, the first seals",
    ),
    Setting("TWAALF_DATABASE_URL", _database, "", "SQLite in instance/ unless set"),
    Setting("TWAALF_REDIS_URL", _redis_url, "", "shares rate limits between processes and hosts"),
    Setting("TWAALF_MAIL_URL", _mail_url, "", "without it letters stay in the outbox"),
    Setting("TWAALF_MAIL_SENDER", _sender, "post@localhost", "neutral sender of every letter"),
    Setting(
        "TWAALF_PUBLIC_URL", _public_url, "", "links in letters; http://127.0.0.1:$PORT unless set"
    ),
    Setting("TWAALF_TRUSTED_PROXIES", _count, "0", "how many proxies stand before the app"),
    Setting("TWAALF_LIMITS", _on_off, "on", "off lifts rates and fill times, for load tests"),
)
"""The one table of settings; docs/settings.md repeats it, and a test compares them."""

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")


def load(instance: Path, environ: Mapping[str, str] = os.environ) -> dict[str, Any]:
    """Return Flask's configuration. Raises WrongSetting with a sentence that says what to do."""
    file = instance / CONFIG_FILE
    written = runpy.run_path(str(file)) if file.exists() else {}
    values = {setting.name: _value(setting, written, environ) for setting in SETTINGS}
    public_url = values["TWAALF_PUBLIC_URL"] or f"http://127.0.0.1:{environ.get('PORT', '5000')}"
    host = urlsplit(public_url).hostname or ""
    is_https = public_url.startswith("https://")
    trusted = [host]
    if host in ("127.0.0.1", "localhost", "::1"):
        trusted = list(LOOPBACK)
    return values | {
        "TWAALF_PUBLIC_URL": public_url,
        "SECRET_KEY": values["TWAALF_SECRET_KEY"],
        "SQLALCHEMY_DATABASE_URI": values["TWAALF_DATABASE_URL"]
        or f"sqlite:///{instance / 'twaalf.sqlite'}",
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


def write_keys(instance: Path) -> bool:
    """Write random keys to instance/config.py, readable by its owner alone, unless it is there."""
    file = instance / CONFIG_FILE
    if file.exists():
        return False
    instance.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as handle:
        handle.write(
            '"""The keys of this installation. Keep a copy apart from the backups, and show nobody."""\n\n'
            f"TWAALF_SECRET_KEY = {secrets.token_urlsafe(48)!r}\n"
            f"TWAALF_SEALING_KEYS = {Fernet.generate_key().decode()!r}\n"
        )
    return True


if __name__ == "__main__":
    write_keys(Path("instance"))
