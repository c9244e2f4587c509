"""A service that carries messages to browsers, on this machine: it opens what only a browser can."""

import base64
import json
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import http_ece
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from py_vapid import Vapid02

from app.formats.push import Subscription, encoded


@dataclass
class PushService:
    """What it took for one browser, opened; and how it answers."""

    origin: str = ""
    answer: int = 201
    taken: list[dict[str, Any]] = field(default_factory=list)
    asked: int = 0
    key: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )
    auth: bytes = field(default_factory=lambda: os.urandom(16))

    def subscription(self, name: str = "phone") -> Subscription:
        point = self.key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        return Subscription(f"{self.origin}/push/{name}", point, self.auth)

    def as_form(self, name: str = "phone") -> dict[str, str]:
        given = self.subscription(name)
        return {
            "endpoint": given.endpoint,
            "p256dh": encoded(given.point),
            "auth": encoded(given.auth),
        }

    def take(self, headers: dict[str, str], body: bytes) -> int:
        self.asked += 1
        if self.answer == 201:
            # Raises when it is not sealed for this browser, or not signed for this service.
            assert Vapid02.verify(headers["Authorization"])
            claims = headers["Authorization"].split("t=")[1].split(",")[0].split(".")[1]
            assert json.loads(base64.urlsafe_b64decode(claims + "=="))["aud"] == self.origin
            assert headers["Content-Encoding"] == "aes128gcm"
            opened = http_ece.decrypt(body, private_key=self.key, auth_secret=self.auth)
            self.taken.append(json.loads(opened))
        return self.answer


@contextmanager
def carrying() -> Iterator[PushService]:
    """Give a service that listens on this machine."""
    service = PushService()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            try:
                status = service.take(dict(self.headers), body)
            except Exception:
                status = 400
            self.send_response(status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_about: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    service.origin = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield service
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
