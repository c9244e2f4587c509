"""Keys in addresses: random, long, and kept only as a hash."""

import base64
import hashlib
import hmac

KEY_BYTES = 25
"""200 bit: 34 characters in an address. The last one holds two bits, so it is a letter: mail
programs leave out a "-" or "_" at the end of a link."""
PERSONAL_BYTES = 24
"""Of keys that are made from another; what was given out is to be made again, the same."""
LOST = ("-", "_")
"""What stood at the end of one key in 32 while keys had 24 bytes, or 18."""
ONE_LOST = (31, 23)
"""Characters of such keys without their last."""
BEHIND = ".,;:!?)>]}\"'`´’”»… \t\r\n\xa0"
"""What mail programs and people take along behind a link."""


def hash_of(key: str) -> str:
    """Return the SHA-256 of a key, as the tables hold it. Random keys need no salt."""
    return hashlib.sha256(key.encode()).hexdigest()


def personal_key(key: str, number: int, kind: str) -> str:
    """Return the key of a participant's own feed, made of their key and a counter.

    192 bit of HMAC-SHA256: who has the feed's address cannot find the page's, and a counter that
    is raised replaces it.
    """
    made = hmac.new(key.encode(), f"{kind}:{number}".encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(made[:PERSONAL_BYTES]).decode()


def mail_proof(secret: str, key: str) -> str:
    """Return what only the letter with a participant's link holds: it shows that mail arrives.

    Made with the installation's secret, so that whoever has the key of the page (a robot that
    asked for a seat) cannot work it out.
    """
    return personal_key(secret, 0, f"mail:{key}").rstrip("-_")


def is_mail_proof(given: str, secret: str, key: str) -> bool:
    """Tell whether this is the proof of a key, as a mail program may have cut it."""
    proof = given.rstrip(BEHIND).rstrip("-_")
    return hmac.compare_digest(proof.encode(), mail_proof(secret, key).encode())


def as_it_was(typed: str) -> tuple[str, ...]:
    """Return the keys that a mail program may have cut to this one; none for any other length."""
    return tuple(typed + lost for lost in LOST) if len(typed) in ONE_LOST else ()
