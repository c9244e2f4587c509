"""Keys in addresses: random, long, and kept only as a hash."""

import base64
import hashlib
import hmac

KEY_BYTES = 24
"""192 bit: 32 characters in an address."""


def hash_of(key: str) -> str:
    """Return the SHA-256 of a key, as the tables hold it. Random keys need no salt."""
    return hashlib.sha256(key.encode()).hexdigest()


def personal_key(key: str, number: int, kind: str) -> str:
    """Return the key of a participant's own feed, made of their key and a counter.

    192 bit of HMAC-SHA256: who has the feed's address cannot find the page's, and a counter that
    is raised replaces it.
    """
    made = hmac.new(key.encode(), f"{kind}:{number}".encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(made[:KEY_BYTES]).decode()


def mail_proof(secret: str, key: str) -> str:
    """Return what only the letter with a participant's link holds: it shows that mail arrives.

    Made with the installation's secret, so that whoever has the key of the page (a robot that
    asked for a seat) cannot work it out.
    """
    return personal_key(secret, 0, f"mail:{key}")
