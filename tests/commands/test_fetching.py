"""A list is fetched from a public https address, and nothing else is reached from within."""

import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from app.actions.parts.timer.outward import is_outside
from app.commands import fetching
from app.commands.fetching import NotFetched, fetch
from app.domain.exchange.pulled import Fault

LEADS_TO = {
    "/to-list": "/list",
    "/round": "/round",
    "/to-plain": "http://example.org/list",
    "/to-inside": "https://inside.example/list",
    "/to-nowhere": "https://[::1/list",
}
MARKED = {"/in-two-lines": f'"{"a" * 197}\r\n b"', "/with-a-nul": '"\0é"'}


class Site(ThreadingHTTPServer):
    """A site on this machine; `asked` are the paths that anybody asked it for."""

    asked: list[str]
    trust: ssl.SSLContext


class _Pages(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.server.asked.append(self.path)  # type: ignore[attr-defined]
        match self.path.partition("?")[0]:
            case "/list" if self.headers.get("If-None-Match") == '"1"':
                self._answer(304)
            case "/list":
                self._answer(200, b"[]", ETag='"1"')
            case path if path in LEADS_TO:
                self._answer(302, Location=LEADS_TO[path])
            case path if path in MARKED:
                self._answer(200, b"[]", ETag=MARKED[path])
            case "/half":
                self._answer(200, b"[]", length=100)
            case "/slow":
                self._answer(200, length=100)
                with suppress(OSError):
                    for _ in range(60):
                        self.wfile.write(b" ")
                        time.sleep(0.05)
            case "/big":
                self._answer(200, b"x" * 4096)
            case _:
                self._answer(404)

    def _answer(
        self, status: int, body: bytes = b"", *, length: int | None = None, **headers: str
    ) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(length or len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    pem = _certificate(tmp_path_factory.mktemp("site"))
    server = Site(("127.0.0.1", 0), _Pages)
    server.asked = []
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    server.trust = ssl.create_default_context(cafile=str(pem))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()


def _certificate(folder: Path) -> Path:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=400))
        .not_valid_after(now + timedelta(days=400))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    secret = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    pem = folder / "site.pem"
    pem.write_bytes(secret + made.public_bytes(serialization.Encoding.PEM))
    return pem


def ask(site: Site, path: str, etag: str = "") -> fetching.Fetched:
    port = site.server_address[1]
    return fetch(
        f"https://localhost:{port}{path}",
        etag,
        may_reach=lambda _: True,
        trust=site.trust,
        port=port,
    )


def fault_of(url: str) -> Fault:
    with pytest.raises(NotFetched) as refused:
        fetch(url)
    return refused.value.fault


def test_a_list_is_fetched_and_not_again_while_it_is_the_same(site: Site) -> None:
    first = ask(site, "/list")
    assert (first.data, first.etag) == (b"[]", '"1"')

    assert ask(site, "/list", first.etag).data is None
    assert ask(site, "/to-list").data == b"[]"


@pytest.mark.parametrize(
    "url",
    [
        "https://localhost/list",
        "https://127.0.0.1/list",
        "https://127.1/list",
        "https://2130706433/list",
        "https://0x7f000001/list",
        "https://0/list",
        "https://[::1]/list",
        "https://[::ffff:127.0.0.1]/list",
        "https://10.0.0.1/",
        "https://192.168.1.1/",
        "https://172.16.0.1/",
        "https://169.254.169.254/latest/meta-data/",
        "https://[fe80::1]/",
        "https://[fd00::1]/",
        "https://100.64.0.1/",
        "https://224.0.0.1/",
    ],
)
def test_nothing_within_our_own_walls_is_reached(site: Site, url: str) -> None:
    site.asked.clear()

    assert fault_of(url) is Fault.PRIVATE
    assert site.asked == []


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/list",
        "file:///etc/passwd",
        "ftp://example.org/list",
        "https://example.org:8443/list",
        "https://olaf:secret@example.org/list",
        "https://",
        "https://[::1/",
        "https://example.org/a b",
        "https://example.org/a\r\nHost: inside",
        "example.org/list",
        "",
    ],
)
def test_only_a_plain_https_address_is_fetched(url: str) -> None:
    assert fault_of(url) is Fault.NOT_HTTPS


def test_each_redirect_is_looked_at_anew(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    for path, fault in (("/to-plain", Fault.NOT_HTTPS), ("/round", Fault.TOO_MANY_REDIRECTS)):
        with pytest.raises(NotFetched) as refused:
            ask(site, path)
        assert refused.value.fault is fault

    resolve = socket.getaddrinfo
    monkeypatch.setattr(
        socket,
        "getaddrinfo",
        lambda host, *rest, **more: (
            [(2, 1, 6, "", ("10.0.0.1", 443))]
            if host == "inside.example"
            else resolve(host, *rest, **more)
        ),
    )
    port = site.server_address[1]
    with pytest.raises(NotFetched) as refused:
        fetch(
            f"https://localhost:{port}/to-inside",
            may_reach=lambda one: one.startswith("127.") or one == "::1" or is_outside(one),
            trust=site.trust,
            port=port,
        )
    assert refused.value.fault is Fault.PRIVATE


def test_an_address_that_cannot_be_read_is_none(site: Site) -> None:
    with pytest.raises(NotFetched) as refused:
        ask(site, "/to-nowhere")

    assert refused.value.fault is Fault.NOT_HTTPS


@pytest.mark.parametrize("path", MARKED)
def test_a_mark_that_cannot_be_sent_back_is_not_kept(site: Site, path: str) -> None:
    """Else the next night, and every night, ends at it."""
    first = ask(site, path)

    assert ask(site, path, first.etag).data == first.data == b"[]"
    assert first.etag == ""


def test_a_name_with_one_address_within_is_not_reached(monkeypatch: pytest.MonkeyPatch) -> None:
    both = [(2, 1, 6, "", ("93.184.216.34", 443)), (2, 1, 6, "", ("127.0.0.1", 443))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: both)

    assert fault_of("https://example.org/list") is Fault.PRIVATE


def test_what_is_too_big_or_not_there_is_said(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "MOST_BYTES", 1000)
    for path, fault, detail in (("/big", Fault.TOO_BIG, "0"), ("/no", Fault.REFUSED, "404")):
        with pytest.raises(NotFetched) as refused:
            ask(site, path)
        assert (refused.value.fault, refused.value.detail) == (fault, detail)


def test_half_a_list_is_none(site: Site) -> None:
    """Else the groups of its other half would count as gone."""
    with pytest.raises(NotFetched) as refused:
        ask(site, "/half")

    assert refused.value.fault is Fault.UNREACHABLE


def test_who_answers_byte_by_byte_is_not_waited_for(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "SECONDS", 0.5)
    with pytest.raises(NotFetched) as refused:
        ask(site, "/slow")

    assert refused.value.fault is Fault.TOO_SLOW


def test_a_site_that_nobody_vouches_for_is_not_believed(site: Site) -> None:
    port = site.server_address[1]

    with pytest.raises(NotFetched) as refused:
        fetch(f"https://localhost:{port}/list", may_reach=lambda _: True, port=port)

    assert refused.value.fault is Fault.UNREACHABLE
