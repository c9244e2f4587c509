"""What the text of a setting means; a ValueError says what to write instead."""

import re
from urllib.parse import urlsplit

from cryptography.fernet import Fernet


def secret(text: str) -> str:
    if len(text) < 32:
        raise ValueError("make it at least 32 random characters; `make install` writes one")
    return text


def secrets(text: str) -> list[str]:
    return [secret(key.strip()) for key in text.split(",") if key.strip()]


def fernet_keys(text: str) -> list[str]:
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


def database(text: str) -> str:
    if not text.startswith(("sqlite:///", "postgresql+psycopg://")):
        raise ValueError(
            "write sqlite:///path/to/file.sqlite or postgresql+psycopg://user@host/name"
        )
    return text


def replica(text: str) -> str:
    if text and not text.startswith("postgresql+psycopg://"):
        raise ValueError("write postgresql+psycopg://user@host/name, or leave it out")
    return text


def public_url(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path not in ("", "/"):
        raise ValueError(
            "write the address people use, such as https://groups.example.org, without a path"
        )
    return f"{parts.scheme}://{parts.netloc}"


def mail_url(text: str) -> str:
    if text and urlsplit(text).scheme not in ("smtp", "smtps"):
        raise ValueError("write smtp://user:password@host:587, or smtps://host, or leave it out")
    return text


def redis_url(text: str) -> str:
    if text and urlsplit(text).scheme not in ("redis", "rediss", "unix"):
        raise ValueError("write redis://host:6379/0, or leave it out")
    return text


def count(text: str) -> int:
    if not text.isdecimal():
        raise ValueError("write a whole number, 0 or more")
    return int(text)


def seconds(text: str) -> int:
    if count(text) < 1:
        raise ValueError("write a whole number of seconds, 1 or more")
    return int(text)


def on_off(text: str) -> bool:
    if text not in ("on", "off"):
        raise ValueError("write on or off")
    return text == "on"


def public_keys(text: str) -> list[str]:
    keys = [key.strip() for key in text.split(",") if key.strip()]
    if not keys or not all(re.fullmatch("age1[a-z0-9]{58}", key) for key in keys):
        raise ValueError("write public keys that begin with age1; `flask recovery-key` makes one")
    return keys


def push_key(text: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9_-]{43}", text):
        raise ValueError("write 32 random bytes as base64url; `make install` writes such a key")
    return text


def origins(text: str) -> frozenset[str]:
    origins = frozenset(one.strip() for one in text.split(",") if one.strip())
    if not all(re.fullmatch(r"https?://[^/@\s]+", one) for one in origins):
        raise ValueError("write origins such as http://127.0.0.1:9000, commas between")
    return origins


def sender(text: str) -> str:
    if text.count("@") != 1:
        raise ValueError("write one mail address, such as post@groups.example.org")
    return text
