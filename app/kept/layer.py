"""A WSGI app before the app: asks whether an answer still holds, and gives it again."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Mapping
from datetime import datetime
from functools import lru_cache
from http import HTTPStatus
from threading import Lock
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from werkzeug.sansio.http import is_resource_modified

from app import clock
from app.committed.telling import Committed, Decides
from app.db import BESIDE
from app.kept.answer import Address, Answer, Asked, Headers, KeptAnswer, Page
from app.kept.views import KEEP
from app.replica.standing import Replica

MOST_BYTES = 16 * 1024 * 1024
"""Of bodies in each process: some 400 feeds, or a list of a thousand groups and all else."""
MOST_ANSWERS = 20_000
MOST_READ = 1_000
"""Headers of each name whose meaning is known already."""
MOST_WAYS = 48
"""Languages and compressions that one address is kept in."""

_FALL_THROUGH = {"authorization", "range", "if-range", "if-match", "if-unmodified-since"}
"""Who sends these is rare, and answered by the framework."""


class Kept:
    """A WSGI app that gives the answers of another one again. Safe to be asked by many threads."""

    def __init__(
        self,
        app: WSGIApplication,
        committed: Committed,
        *,
        beside: tuple[Replica, Committed] | None = None,
        behind_proxies: bool = False,
        read: Mapping[str, Callable[[str], Hashable]] | None = None,
    ) -> None:
        """`read` tells of a header, by its name in small letters, what of it makes a difference.

        `beside` is a replica: for whom it serves, what was committed is asked there, and what is
        given again was made from there, or from the primary and so of later.
        """
        self._app = app
        self._read = {name: lru_cache(MOST_READ)(how) for name, how in (read or {}).items()}
        self._replica = beside[0] if beside else None
        self._committed = {False: committed} | ({True: beside[1]} if beside else {})
        """Who tells it: of the primary, and of the replica."""
        self._behind_proxies = behind_proxies
        self._pages: OrderedDict[Address, Page] = OrderedDict()
        self._making: dict[Address, Lock] = {}
        self._lock = Lock()
        self.bytes = 0
        """Of the bodies that are kept now."""
        self._soon = {which: one.soon() for which, one in self._committed.items()}
        self.given = 0
        """How many answers were given again."""
        self.made = 0
        """How many were made anew, of those that may be given again."""

    def asked(
        self, method: str, scheme: str, path: str, query: str, headers: Mapping[str, str]
    ) -> Asked | None:
        """Return a request as far as it matters here; None of one that is never answered here.

        The names of headers are in small letters.
        """
        if method not in ("GET", "HEAD") or not path.isascii():
            return None
        if not _FALL_THROUGH.isdisjoint(headers):
            return None
        forwarded = headers.get("x-forwarded-proto") if self._behind_proxies else None
        is_beside = self._replica is not None and self._replica.serves(headers.get("cookie"))
        address = (scheme, headers.get("host"), forwarded, path, query, is_beside)
        return Asked(method == "GET", address, headers.get, is_beside)

    def again(self, asked: Asked) -> Answer | None:
        """Return the answer to a request if there is one that is still true."""
        kept = self._find(asked)
        if kept is None or not self._holds(asked, kept):
            return None
        return self._told(asked, kept)

    async def again_soon(self, asked: Asked) -> Answer | None:
        """Return the same, on an event loop and without keeping it waiting."""
        kept = self._find(asked)
        if kept is None or not await self._holds_soon(asked, kept):
            return None
        return self._told(asked, kept)

    def _told(self, asked: Asked, kept: KeptAnswer) -> Answer | None:
        answer = kept.whole if self._is_modified(asked, kept) else kept.unchanged
        if answer:
            self.given += 1
        return answer

    def forget(self) -> None:
        """Drop all that is kept, so that the next of each is made anew."""
        with self._lock:
            self._pages.clear()
            self.bytes = 0

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        asked = self.asked(
            environ["REQUEST_METHOD"],
            environ["wsgi.url_scheme"],
            environ["PATH_INFO"],
            environ["QUERY_STRING"],
            {
                name[5:].lower().replace("_", "-"): value
                for name, value in environ.items()
                if name.startswith("HTTP_")
            },
        )
        if asked is None:
            return self._app(environ, start_response)
        if answer := self.again(asked):
            return _give(answer, asked, start_response)
        if asked.address not in self._pages:
            return self._ask(asked, environ, start_response)
        with self._lock:
            making = self._making.setdefault(asked.address, Lock())
        try:
            with making:  # after an edit, and on a Monday, it is made once however many ask
                if answer := self.again(asked):
                    return _give(answer, asked, start_response)
                return self._ask(asked, environ, start_response)
        finally:
            self._making.pop(asked.address, None)

    def _find(self, asked: Asked) -> KeptAnswer | None:
        page = self._pages.get(asked.address)
        if page is None:
            return None
        return page.answers.get(self._way(asked, page.vary))

    def _way(self, asked: Asked, vary: tuple[str, ...]) -> tuple[Hashable, ...]:
        """Return what a request says in the headers that answers vary by."""
        return tuple(
            self._read[name](asked.header(name) or "") if name in self._read else asked.header(name)
            for name in vary
        )

    def _holds(self, asked: Asked, kept: KeptAnswer) -> bool:
        if clock.now() >= kept.until:
            return False
        committed = self._committed[asked.is_beside]
        mark = committed.mark()
        if mark is None:
            return self._unknown(asked)
        if mark == kept.mark:
            return True
        if kept.decides is None or committed.rows(kept.decides) != kept.rows:
            return False
        kept.mark = mark  # older than the rows: what came between is seen next time
        return True

    async def _holds_soon(self, asked: Asked, kept: KeptAnswer) -> bool:
        if clock.now() >= kept.until:
            return False
        soon = self._soon[asked.is_beside]
        mark = await soon.mark()
        if mark is None:  # within a quarter of a second: a thread waits a little longer
            return False
        if mark == kept.mark:
            return True
        if kept.decides is None or await soon.rows(kept.decides) != kept.rows:
            return False
        kept.mark = mark
        return True

    def _unknown(self, asked: Asked) -> bool:
        """Return that nothing holds; and a replica that does not say how far it is, is away."""
        if asked.is_beside and self._replica:
            self._replica.fell(is_gone=True)
        return False

    def _is_modified(self, asked: Asked, kept: KeptAnswer) -> bool:
        tags = asked.header("if-none-match")
        since = asked.header("if-modified-since")
        if tags is None and since is None:
            return True
        if tags is not None and tags == kept.etag:
            return False
        return is_resource_modified(
            http_if_none_match=tags,
            http_if_modified_since=since,
            etag=kept.etag,
            last_modified=kept.modified,
        )

    def _ask(
        self, asked: Asked, environ: WSGIEnvironment, start_response: StartResponse
    ) -> Iterable[bytes]:
        before = self._committed[asked.is_beside].mark()
        environ[BESIDE] = asked.is_beside and (before is not None or self._unknown(asked))
        begun: list[tuple[str, Headers]] = []

        def start(status: str, headers: Headers, exc_info: Any = None) -> Callable[[bytes], object]:
            begun[:] = [(status, headers)]
            return start_response(status, headers, exc_info)

        parts = self._app(environ, start)
        told = environ.get(KEEP)
        if before is None or told is None or not begun:
            return parts
        try:
            body = b"".join(parts)
        finally:
            if hasattr(parts, "close"):
                parts.close()
        self._keep(asked, Answer(*begun[0], body), before, *told)
        return [body]

    def _keep(
        self,
        asked: Asked,
        answer: Answer,
        before: object,
        until: datetime,
        decides: Decides | None,
    ) -> None:
        vary = _vary(answer)
        if answer.header("set-cookie") or vary is None:
            return
        if "cookie" in vary and asked.header("cookie"):
            return  # what is one person's own is kept for nobody
        whole, unchanged = None, None
        if answer.code == HTTPStatus.NOT_MODIFIED and (tag := answer.header("etag")):
            known = self._find(asked)
            if known and known.etag == tag:
                whole = known.whole  # what bears the same tag is the same
            unchanged = answer
        elif asked.is_get and answer.code == HTTPStatus.OK:
            self.made += 1
            whole = answer
        else:
            return
        committed = self._committed[asked.is_beside]
        rows = None if decides is None else committed.rows(decides)
        if committed.mark() != before:
            return  # somebody wrote meanwhile: it may be of before or after
        self._put(asked, vary, KeptAnswer(whole, unchanged, before, until, decides, rows))

    def _put(self, asked: Asked, vary: tuple[str, ...], kept: KeptAnswer) -> None:
        with self._lock:
            page = self._pages.pop(asked.address, None)
            if page:
                self.bytes -= page.bytes
            if page is None or page.vary != vary:
                page = Page(vary)
            if len(page.answers) >= MOST_WAYS:
                page.answers.clear()
            page.answers[self._way(asked, vary)] = kept
            self._pages[asked.address] = page
            self.bytes += page.bytes
            while self.bytes > MOST_BYTES or len(self._pages) > MOST_ANSWERS:
                _, oldest = self._pages.popitem(last=False)
                self.bytes -= oldest.bytes


def _vary(answer: Answer) -> tuple[str, ...] | None:
    """Return the headers that an answer varies by; None if it says that it cannot be known."""
    named = [part.strip().lower() for part in (answer.header("vary") or "").split(",")]
    return None if "*" in named else tuple(sorted(filter(None, named)))


def _give(answer: Answer, asked: Asked, start_response: StartResponse) -> Iterable[bytes]:
    start_response(answer.status, list(answer.headers))
    return [answer.body] if asked.is_get else []
