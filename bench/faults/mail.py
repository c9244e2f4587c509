"""F6: the mail server away, silent, or refusing one address, and the sender killed; nobody who asks waits for it."""

import random
import signal
import socket
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from bench.faults.serving import BIN, ROOT, Place, Server, Told, serving, slowest, writing
from tests.postman import Postman, QuietController

DOMAIN = "mail.example.org"
AFTER_THE_LEASE = timedelta(minutes=7)
"""So much later a letter that a killed run had taken is due again."""
RUNS_AT_MOST = 8
SECONDS_TO_SEND = 600


def mail_gone(place: Place, kills: int, *, is_silent: bool) -> tuple[Told, str]:
    """F6: ask for seats with a mail address meanwhile; in the end every letter came, and none twice but
    for the runs that were killed, under the same Message-ID."""
    told, port = Told(), _free_port()
    server = Server(place, mail=f"smtp://127.0.0.1:{port}")
    with serving(server), writing(server, place.slugs, told, mail_domain=DOMAIN, writers=1):
        _until(lambda: told.addresses)
        assert _run(server) == 1, "a run that sends nothing says so"
        if is_silent:
            with _silent(port):
                assert _run(server) == 1
        postman = Postman()
        refused = told.addresses[0]
        postman.refused[refused] = "550 No such address"
        controller = QuietController(postman, hostname="127.0.0.1", port=port)
        controller.start()
        for _ in range(kills):
            known = len(postman.taken)
            with _sending(server) as sender:
                _until(lambda known=known: len(postman.taken) > known)  # type: ignore[misc]
                time.sleep(random.uniform(0, 0.3))
                sender.send_signal(signal.SIGKILL)
    try:
        for later in range(1, RUNS_AT_MOST):
            _run(server, at=datetime.now(UTC) + later * AFTER_THE_LEASE)
            if {*told.addresses} - {refused} <= {*postman.to}:
                break
    finally:
        controller.stop()
    times = Counter(str(mail["Message-ID"]) for mail in postman.taken)
    missing = {*told.addresses} - {refused} - {*postman.to}
    assert not missing, f"{len(missing)} letters never came"
    assert refused not in postman.to
    twice = sum(number - 1 for number in times.values())
    assert twice <= kills, f"{twice} letters came twice after {kills} kills"
    assert not told.refused_otherwise(), told.statuses
    return told, (
        f"asked in {slowest(told.took):.0f} ms (p95) meanwhile; {len({*postman.to})} addresses got their letter, "
        f"{twice} a second time under the same Message-ID after {kills} kills of the sender, one address refused"
    )


@contextmanager
def _sending(server: Server, at: datetime | None = None) -> Iterator[subprocess.Popen[bytes]]:
    """Run the minute's timer as an operator's does, at another time if said; it has ended afterwards."""
    app, environ = (
        ("bench.faults.clock", {"CLOCK_STARTS_AT": at.isoformat()}) if at else ("wsgi", {})
    )
    command = [str(BIN / "flask"), "--app", app, "letters", "send"]
    with server.log.open("ab") as log:
        sender = subprocess.Popen(
            command, cwd=ROOT, env=server.environ | environ, stdout=log, stderr=log
        )
    try:
        yield sender
        sender.wait(timeout=SECONDS_TO_SEND)
    finally:
        sender.kill()
        sender.wait()


def _run(server: Server, at: datetime | None = None) -> int:
    """Return with which code the timer ended."""
    with _sending(server, at) as sender:
        pass
    assert isinstance(sender.returncode, int)
    return sender.returncode


def _until(holds: Callable[[], object]) -> None:
    until = time.monotonic() + 60
    while not holds() and time.monotonic() < until:
        time.sleep(0.02)
    assert holds()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def _silent(port: int) -> Iterator[None]:
    """Take every connection and never say a word."""
    with socket.create_server(("127.0.0.1", port)):
        yield
