"""Bytes sealed with a passphrase: as age does with a key made for them, which the passphrase seals.

age's own way of a passphrase takes a gigabyte of memory for a second, too much for an answer to a
request; and a file from elsewhere could ask for more.
"""

import base64
import os
from dataclasses import dataclass

import pyrage
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from app.formats.upkeep.sealed_file import CannotOpen

COST = 2**17
"""Of scrypt, with blocks of 8: 128 MB for half a second, the least that OWASP advises."""
_SALT, _NONCE, _KEY = 16, 12, 32


@dataclass(frozen=True)
class SealedBytes:
    """What was sealed, and its key, which needs the passphrase."""

    key: str
    """Base64 of salt, nonce and the sealed key."""
    body: bytes
    """As age seals it."""


def seal_with_passphrase(plain: bytes, passphrase: str) -> SealedBytes:
    identity = pyrage.x25519.Identity.generate()
    body = bytes(pyrage.encrypt(plain, [identity.to_public()]))
    salt, nonce = os.urandom(_SALT), os.urandom(_NONCE)
    sealed = _cipher(passphrase, salt).encrypt(nonce, str(identity).encode(), None)
    return SealedBytes(base64.b64encode(salt + nonce + sealed).decode(), body)


def open_with_passphrase(sealed: SealedBytes, passphrase: str) -> bytes:
    """Open what `seal_with_passphrase` sealed. Raises CannotOpen."""
    try:
        key = base64.b64decode(sealed.key, validate=True)
        salt, nonce, rest = key[:_SALT], key[_SALT : _SALT + _NONCE], key[_SALT + _NONCE :]
        secret = _cipher(passphrase, salt).decrypt(nonce, rest, None).decode()
        return bytes(pyrage.decrypt(sealed.body, [pyrage.x25519.Identity.from_str(secret)]))
    except (InvalidTag, ValueError, pyrage.DecryptError, pyrage.IdentityError) as error:
        raise CannotOpen from error


def _cipher(passphrase: str, salt: bytes) -> ChaCha20Poly1305:
    kdf = Scrypt(salt=salt, length=_KEY, n=COST, r=8, p=1)
    return ChaCha20Poly1305(kdf.derive(passphrase.encode()))
