"""Known answers: what is derived, sealed and hashed is what the papers say, to the byte.

The keys of feeds and letters were worked out with `openssl dgst -sha256 -hmac`, the codes are those of RFC 6238.
"""

import base64
import json
import struct

import pytest
from argon2 import extract_parameters
from argon2.low_level import Type
from cryptography.fernet import InvalidToken
from cryptography.hazmat.primitives import hashes, hmac, padding
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from flask import Flask
from flask_security import hash_password
from passlib.totp import TOTP
from sqlalchemy.dialects import sqlite

from app.blueprints.signin.settings import settings_for
from app.domain.keys import hash_of, is_mail_proof, mail_proof, personal_key
from app.records.columns import Sealed, use_sealing_keys
from tests.conftest import settings

KEY = "the-key-that-only-its-participant-holds"
SECRET = "a-secret-for-this-test-alone"
SEALING = base64.urlsafe_b64encode(bytes(range(32))).decode()
OTHER = base64.urlsafe_b64encode(bytes(range(32, 64))).decode()


def test_the_hash_of_a_key_is_known():
    assert hash_of(KEY) == "d8a627427e63012482df2eb9d589ee8a9cd14c9613e169f8835d7f6522810544"


@pytest.mark.parametrize(
    ("number", "known"),
    [(0, "u6t77gBYmrCBalvxhV0GwcCHr3CYefYP"), (1, "4FR3Lr2BEFhUDwbKi1KJ23iMDkJ69vV7")],
)
def test_the_key_of_a_calendar_is_known(number: int, known: str):
    assert personal_key(KEY, number, "feed") == known


def test_the_proof_of_a_letter_is_known():
    known = "m_sTq7OUAYs50p4zMG-obdXcR5D8eogO"

    assert mail_proof(SECRET, KEY) == known
    assert is_mail_proof(known, SECRET, KEY)
    assert not is_mail_proof(known[:-1] + "P", SECRET, KEY)
    assert not is_mail_proof(known, SECRET + "!", KEY)


def test_keys_of_different_kinds_differ():
    made = [
        *(personal_key(KEY, number, kind) for kind in ("feed", "discreet") for number in (1, 2)),
        mail_proof(SECRET, KEY),
        mail_proof(KEY, KEY),
    ]

    assert len(set(made)) == len(made)


def sealed_by_hand(value: object, moment: int, vector: bytes) -> bytes:
    """Return a Fernet token as its specification builds it: AES-128-CBC, then HMAC-SHA256."""
    signing, ciphering = bytes(range(16)), bytes(range(16, 32))
    padder = padding.PKCS7(128).padder()
    plain = padder.update(json.dumps(value).encode()) + padder.finalize()
    cipher = Cipher(algorithms.AES(ciphering), modes.CBC(vector)).encryptor()
    body = b"\x80" + struct.pack(">Q", moment) + vector + cipher.update(plain) + cipher.finalize()
    signature = hmac.HMAC(signing, hashes.SHA256())
    signature.update(body)
    return base64.urlsafe_b64encode(body + signature.finalize())


@pytest.fixture
def column() -> Sealed:
    use_sealing_keys([SEALING])
    return Sealed()


def test_a_sealed_value_is_a_fernet_token(column: Sealed):
    token = sealed_by_hand("kim@example.org", 499162800, bytes(range(16)))

    assert token.startswith(b"gAAAAAAdwJ6wAAECAwQFBgcICQoLDA0OD")
    assert column.process_result_value(token, sqlite.dialect()) == "kim@example.org"


def test_the_same_value_is_sealed_otherwise_each_time(column: Sealed):
    first, second = (column.process_bind_param("Kim", sqlite.dialect()) for _ in range(2))

    assert first != second
    assert len(base64.urlsafe_b64decode(first)) == 1 + 8 + 16 + 16 + 32


@pytest.mark.parametrize("at", [0, 5, 12, 30, 45, -1])
def test_a_sealed_value_that_was_touched_does_not_open(column: Sealed, at: int):
    token = bytearray(base64.urlsafe_b64decode(sealed_by_hand("Kim", 499162800, bytes(16))))
    token[at] ^= 1

    with pytest.raises(InvalidToken):
        column.process_result_value(base64.urlsafe_b64encode(token), sqlite.dialect())


def test_the_first_key_seals_and_each_opens(column: Sealed):
    old = column.process_bind_param("Kim", sqlite.dialect())
    use_sealing_keys([OTHER, SEALING])
    new = column.process_bind_param("Kim", sqlite.dialect())

    assert column.process_result_value(old, sqlite.dialect()) == "Kim"
    use_sealing_keys([OTHER])
    assert column.process_result_value(new, sqlite.dialect()) == "Kim"
    with pytest.raises(InvalidToken):
        column.process_result_value(old, sqlite.dialect())


def test_argon2_is_told_as_it_is_documented():
    told = settings_for(settings("sqlite:////nowhere") | {"TRANSLATIONS": ""})

    assert told["SECURITY_PASSWORD_HASH"] == "argon2"
    assert told["SECURITY_PASSWORD_HASH_PASSLIB_OPTIONS"] == {
        "argon2__time_cost": 3,
        "argon2__memory_cost": 64 * 1024,
        "argon2__parallelism": 2,
    }


def test_argon2_hashes_as_it_is_told(app: Flask):
    with app.app_context():
        found = extract_parameters(hash_password("twaalf stoelen in een kring"))

    options = app.config["SECURITY_PASSWORD_HASH_PASSLIB_OPTIONS"]
    assert found.type is Type.ID
    assert (found.salt_len, found.hash_len) >= (16, 32)
    assert found.time_cost == options["argon2__time_cost"]
    assert found.memory_cost == options["argon2__memory_cost"]
    assert found.parallelism == options["argon2__parallelism"]


@pytest.mark.parametrize(
    ("moment", "code"),
    [(59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (20000000000, "353130")],
)
def test_a_code_of_the_second_step_is_that_of_rfc_6238(moment: int, code: str):
    """Appendix B, its last six digits."""
    app = TOTP(key=b"12345678901234567890", format="raw")

    assert app.generate(moment).token == code
