"""What a demo must be able to print again: passwords, second factors and keys, out of its seed.

They are HMACs of the seed and a name under the installation's secret key. So nothing secret is
kept in plain, the same demo prints the same again, and somebody else's demo of the same seed has
other passwords; under a new secret key those of an old demo are no longer known. Demo accounts
only: real secrets are random.
"""

import base64
import hmac
import uuid

WORDS = (
    "anker", "appel", "avond", "berg", "boom", "boot", "brood", "brug", "dauw", "deken", "dorp",
    "duin", "eiland", "erwt", "fiets", "fluit", "gans", "gras", "haven", "hooi", "kaars", "kade",
    "kamer", "ketel", "klok", "koffie", "kring", "kroon", "kruik", "lamp", "linde", "maan",
    "meer", "merel", "mist", "molen", "nest", "oever", "olijf", "pad", "peer", "plein", "polder",
    "raam", "regen", "rivier", "schaal", "schelp", "sloot", "sneeuw", "stoel", "strand", "tafel",
    "thee", "tuin", "veer", "veld", "vijver", "vuur", "wandel", "wilg", "wolk", "zee", "zomer",
)  # fmt: skip
"""Sixty-four plain words: a byte chooses one evenly."""


class Derived:
    """The secrets of one demo."""

    def __init__(self, key: str, seed: int):
        self._key = key.encode()
        self._seed = seed

    def password(self, email: str) -> str:
        """Return four words and four digits, such as `lamp-kade-wolk-merel-0412`."""
        digest = self._digest("password", email)
        words = [WORDS[byte % len(WORDS)] for byte in digest[:4]]
        return "-".join([*words, f"{int.from_bytes(digest[4:8]) % 10_000:04}"])

    def totp_secret(self, email: str) -> str:
        """Return 160 bits in base32, as an authenticator app asks for it."""
        return base64.b32encode(self._digest("totp", email)[:20]).decode()

    def key(self, purpose: str, name: str) -> str:
        """Return 152 bits as 26 characters for an address: of a feed, a seat, a contact's yes."""
        return base64.urlsafe_b64encode(self._digest(purpose, name)[:19]).decode().rstrip("=")

    def uuid(self, purpose: str, name: str) -> uuid.UUID:
        return uuid.UUID(bytes=self._digest(purpose, name)[:16], version=4)

    def _digest(self, purpose: str, name: str) -> bytes:
        return hmac.digest(self._key, f"demo:{self._seed}:{purpose}:{name}".encode(), "sha256")
