"""A real SMTP server on this machine, which answers as a test says."""

import asyncio
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import Message

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


class Postman:
    """An SMTP server's handler that keeps what it takes, and answers as it is told."""

    def __init__(self) -> None:
        self.taken: list[Message] = []
        self.to: list[str] = []
        self.answers: list[str] = []
        self.refused: dict[str, str] = {}
        self.hung_up_on: set[str] = set()
        self.connections = 0

    async def handle_EHLO(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, name: str, answers: list[str]
    ) -> list[str]:
        self.connections += 1
        session.host_name = name
        return answers

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.refused:
            return self.refused[address]
        if address in self.hung_up_on and server.transport:
            server.transport.abort()
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        answer = self.answers.pop(0) if self.answers else "250 OK"
        assert isinstance(envelope.content, bytes)
        self.taken.append(message_from_bytes(envelope.content))
        if answer.startswith("250"):
            self.to += envelope.rcpt_tos
        return answer

    def bodies(self, to: str) -> list[str]:
        """Return the texts that were taken for an address, oldest first."""
        return [
            body.decode().replace("\r\n", "\n")
            for mail in self.taken
            if mail["To"] == to and isinstance(body := mail.get_payload(decode=True), bytes)
        ]


class QuietController(Controller):
    """Closes its loop when it stops, which the library leaves to the interpreter."""

    def stop(self, no_assert: bool = False) -> None:
        super().stop(no_assert)
        if not self.loop.is_closed():
            self.loop.close()


@contextmanager
def serving(postman: Postman) -> Iterator[str]:
    """Give the address of a server that answers as `postman` says."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = QuietController(
        postman, hostname="127.0.0.1", port=port, loop=asyncio.new_event_loop()
    )
    controller.start()
    try:
        yield f"smtp://127.0.0.1:{port}"
    finally:
        controller.stop()
