"""Files sealed as age does (age-encryption.org): to public keys; a passphrase seals the key alone."""

import hashlib
import os
from collections.abc import Sequence
from pathlib import Path
from typing import IO

import pyrage

_SEALED = b"age-encryption.org/"
_SECRET = "AGE-SECRET-KEY-"  # noqa: S105 - how such a key begins


class CannotOpen(Exception):
    """The key does not fit, the passphrase is wrong, or the file is damaged."""


class _Digest:
    """Takes bytes as a file does, and keeps what they come to."""

    def __init__(self) -> None:
        self._sum = hashlib.sha256()

    def write(self, part: bytes) -> int:
        self._sum.update(part)
        return len(part)

    def flush(self) -> None:
        """Keep nothing back."""

    def digest(self) -> bytes:
        return self._sum.digest()


def new_key(passphrase: str) -> tuple[str, bytes]:
    """Return a new public key, and its secret one as the bytes of a file; sealed if there is a passphrase."""
    identity = pyrage.x25519.Identity.generate()
    public = str(identity.to_public())
    secret = f"# public key: {public}\n{identity}\n".encode()
    return public, pyrage.passphrase.encrypt(secret, passphrase) if passphrase else secret


def needs_passphrase(key: bytes) -> bool:
    return key.startswith(_SEALED)


def seal_file(source: Path, target: Path, public_keys: Sequence[str]) -> bool:
    """Seal one file as another, and tell whether what was written reads back as the same bytes.

    A witness made for this one file, and then forgotten, reads it back: no secret key is needed here.
    """
    witness = pyrage.x25519.Identity.generate()
    to = [pyrage.x25519.Recipient.from_str(key) for key in public_keys]
    with source.open("rb") as plain, target.open("xb") as sealed:
        pyrage.encrypt_io(plain, sealed, [*to, witness.to_public()])
        sealed.flush()
        os.fsync(sealed.fileno())
    read_back = _Digest()
    try:
        with target.open("rb") as sealed:
            pyrage.decrypt_io(sealed, read_back, [witness])
    except (pyrage.DecryptError, OSError):
        return False
    return read_back.digest() == _digest_of(source)


def open_file(source: Path, target: IO[bytes], key: bytes, passphrase: str = "") -> None:
    """Open a sealed file into another. Raises CannotOpen; what was written until then is worth nothing."""
    try:
        if needs_passphrase(key):
            key = pyrage.passphrase.decrypt(key, passphrase)
        lines = (line.strip() for line in key.decode().splitlines())
        secrets = [
            pyrage.x25519.Identity.from_str(line) for line in lines if line.startswith(_SECRET)
        ]
        with source.open("rb") as sealed:
            pyrage.decrypt_io(sealed, target, secrets)
    except (pyrage.DecryptError, pyrage.IdentityError, UnicodeDecodeError, OSError) as error:
        raise CannotOpen from error


def _digest_of(file: Path) -> bytes:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").digest()
