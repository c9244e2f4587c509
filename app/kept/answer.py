"""An answer that is kept: whole, with what it depends on."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from datetime import datetime

from werkzeug.http import parse_date

from app.committed.telling import Decides, Rows

Headers = list[tuple[str, str]]
Address = tuple[str | bool | None, ...]


@dataclass(frozen=True)
class Answer:
    """A whole answer; of a HEAD its body is left out by who sends it."""

    status: str
    headers: Headers
    body: bytes
    code: int = field(init=False)
    sent: Headers = field(init=False)
    """The headers with their names in small letters, as RSGI wants them."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "code", int(self.status[:3]))
        small = [(name.lower(), value) for name, value in self.headers]
        object.__setattr__(self, "sent", small)

    def header(self, name: str) -> str | None:
        """Return one header's value; `name` in small letters."""
        return next((value for known, value in self.sent if known == name), None)


@dataclass
class KeptAnswer:
    """What an address answers: whole, and to who has it already. One of them may not be known yet."""

    whole: Answer | None
    unchanged: Answer | None
    """The app's own 304."""
    mark: object
    until: datetime
    decides: Decides | None
    rows: Rows | None
    etag: str | None = field(init=False)
    modified: datetime | None = field(init=False)

    def __post_init__(self) -> None:
        known = self.whole or self.unchanged
        self.etag = known.header("etag") if known else None
        self.modified = parse_date(self.whole.header("last-modified")) if self.whole else None


@dataclass
class Page:
    """The answers of one address: one for each of the values that they vary by."""

    vary: tuple[str, ...]
    answers: dict[tuple[Hashable, ...], KeptAnswer] = field(default_factory=dict)

    @property
    def bytes(self) -> int:
        return sum(len(kept.whole.body) for kept in self.answers.values() if kept.whole)


@dataclass(slots=True)
class Asked:
    """What an answer may depend on. `header` returns a header by its name in small letters."""

    is_get: bool
    address: Address
    """Scheme, host, path and query; and whether a replica is read, which knows another truth."""
    header: Callable[[str], str | None]
    is_beside: bool = False
    """Whether a replica is read."""
