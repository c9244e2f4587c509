"""Keys in addresses: random, long, and kept only as a hash."""

import hashlib

KEY_BYTES = 24
"""192 bit: 32 characters in an address."""


def hash_of(key: str) -> str:
    """Return the SHA-256 of a key, as the tables hold it. Random keys need no salt."""
    return hashlib.sha256(key.encode()).hexdigest()
