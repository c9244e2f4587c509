"""A message to one device, sealed for its browser alone (RFC 8291) and signed by this house (RFC 8292)."""

import base64
import binascii
import json
import os
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from app.formats.wording import gettext_in

KEY_BYTES, POINT_BYTES, AUTH_BYTES = 32, 65, 16
LONGEST_ENDPOINT = 1000
WAITS_SECONDS = 24 * 3600
"""So long the service keeps a message for a device that is off: what it tells of is over then."""
_NAME = re.compile(r"(?=.*[a-z])[a-z0-9-]+(\.[a-z0-9-]+)+", re.IGNORECASE)


@dataclass(frozen=True)
class Subscription:
    """Where a browser takes messages, and the keys that seal them for it."""

    endpoint: str
    point: bytes
    auth: bytes

    def as_text(self) -> str:
        """Return it as it is kept."""
        return json.dumps([self.endpoint, encoded(self.point), encoded(self.auth)])


@dataclass(frozen=True)
class Message:
    """What is posted to a service that carries messages."""

    address: str
    headers: dict[str, str]
    body: bytes


def read_subscription(
    endpoint: str, point: str, auth: str, trusted: frozenset[str] = frozenset()
) -> Subscription | None:
    """Return what a browser gave, or None when no service of the internet can be meant.

    Its endpoint is https at the usual port and has a name, or is of an origin that is `trusted`.
    """
    try:
        found = Subscription(endpoint, decoded(point), decoded(auth))
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), found.point)
    except (ValueError, binascii.Error):
        return None
    if len(found.point) != POINT_BYTES or len(found.auth) != AUTH_BYTES:
        return None
    return found if len(endpoint) <= LONGEST_ENDPOINT and _may_be_asked(endpoint, trusted) else None


def write_message(
    subscription: str, language: str, key: str, *, signs: str, contact: str
) -> Message:
    """Return the message for a subscription as it is kept: one sentence, and where a tap leads.

    `signs` is this house's own private key; `contact` a mail address for who carries it.
    """
    # 20 ms of a worker that never sends any.
    import http_ece
    from py_vapid import Vapid02

    endpoint, point, auth = json.loads(subscription)
    gettext = gettext_in(language)
    words = gettext("Er is iets veranderd in je agenda.")
    body: bytes = http_ece.encrypt(
        json.dumps({"words": words, "page": f"/follow/{key}"}).encode(),
        salt=os.urandom(16),
        private_key=ec.generate_private_key(ec.SECP256R1()),
        dh=decoded(point),
        auth_secret=decoded(auth),
        version="aes128gcm",
    )
    parts = urlsplit(endpoint)
    vapid = Vapid02.from_raw(signs.encode())
    vapid.conf["no-strict"] = True  # a house on one machine has a sender of that machine
    signed = vapid.sign({"aud": f"{parts.scheme}://{parts.netloc}", "sub": f"mailto:{contact}"})
    headers = {
        "Content-Type": "application/octet-stream",
        "Content-Encoding": "aes128gcm",
        "TTL": str(WAITS_SECONDS),
        "Urgency": "high",
    }
    return Message(endpoint, headers | signed, body)


def public_half(private: str) -> str:
    """Return what browsers are given of this house's own key, base64url without padding."""
    key = ec.derive_private_key(int.from_bytes(decoded(private)), ec.SECP256R1())
    return encoded(key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint))


def encoded(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def decoded(text: str) -> bytes:
    """Return the bytes of base64url, with padding or without. Raises ValueError."""
    plain = text.rstrip("=")
    if not re.fullmatch(r"[A-Za-z0-9_-]*", plain):
        raise ValueError("no base64url")
    return base64.urlsafe_b64decode(plain + "=" * (-len(plain) % 4))


def _may_be_asked(endpoint: str, trusted: frozenset[str]) -> bool:
    try:
        parts = urlsplit(endpoint)
        if f"{parts.scheme}://{parts.netloc}" in trusted:
            return True
        has_usual_port = parts.port in (None, 443)
    except ValueError:
        return False
    return (
        parts.scheme == "https"
        and has_usual_port
        and parts.username is None
        and bool(_NAME.fullmatch(parts.hostname or ""))
        and endpoint.isascii()
        and endpoint.isprintable()
        and " " not in endpoint
    )
