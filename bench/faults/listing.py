"""An office that takes a list of groups over, as an officer does with a browser."""

import json
import re
import urllib.parse
import urllib.request
from http.cookiejar import Cookie, CookieJar

from sqlalchemy import select

from app.db import db
from app.records.accounts import Account
from app.records.groups import Group
from bench.faults.serving import Place, Server
from bench.importing import rows
from tests.people import Person

ROWS = 100
_LISTS = "/national/stay-clean/import"
_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


class Office:
    """Olaf, who logs in anew for each list."""

    def __init__(self, place: Place, server: Server) -> None:
        self._place, self._server = place, server

    def take_over(self, number: int) -> None:
        """Send the list, other hours in it than a number before, look at it, and accept all of it."""
        browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self._logged_in()))

        def asked(path: str, sent: dict[str, str] | None = None) -> tuple[str, str]:
            data = urllib.parse.urlencode(sent).encode() if sent else None
            with browser.open(self._server.address + path, data, timeout=60) as answer:
                return urllib.parse.urlsplit(answer.url).path, answer.read().decode()

        hour = f"{9 + number % 12:02}"
        changed = [row | {"time": f"{hour}:00", "end_time": f"{hour}:45"} for row in rows(ROWS)]
        _, page = asked(_LISTS)
        sent = {"csrf_token": _token(page), "program": "AA", "text": json.dumps(changed)}
        draft, page = asked(_LISTS, sent)
        assert draft != _LISTS, "the list was not taken"
        asked(draft, {"csrf_token": _token(page), "do": "accept"})

    def groups(self) -> list[str]:
        """Return the slugs of the list's groups, once it was taken over."""
        names = [row["name"] for row in rows(ROWS)]
        with self._place.app.app_context():
            slugs = list(db.session.scalars(select(Group.slug).where(Group.name.in_(names))))
            db.session.remove()
            db.engine.dispose()
        assert len(slugs) == ROWS
        return slugs

    def _logged_in(self) -> CookieJar:
        with self._place.app.app_context():
            olaf = db.session.scalars(select(Account).where(Account.name == "Olaf")).one()
            person = Person(self._place.app, olaf.email, olaf.id)
        session = person.client().get_cookie("session")
        assert session
        with self._place.app.app_context():
            db.session.remove()
            db.engine.dispose()
        jar = CookieJar()
        jar.set_cookie(
            Cookie(
                0, "session", session.value, None, False, "127.0.0.1", False, False, "/", True,
                False, None, True, None, None, {},
            )
        )  # fmt: skip
        return jar


def _token(page: str) -> str:
    found = _TOKEN.search(page)
    assert found, "no form"
    return found[1]
