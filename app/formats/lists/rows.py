"""The rows of a long list, each made when it is asked for: all at once take more memory than what they say."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Protocol

from app.formats.lists.keys import MOST_NAMED, Row, unknown_in


class Found(Protocol):
    """What stands in a list, in order, as often as it is asked for."""

    def __len__(self) -> int: ...
    def __iter__(self) -> Iterator[Any]: ...


@dataclass
class Rows:
    """Rows by the specification's own keys; empty for one that is no object."""

    found: Found
    within: Callable[[Any], Iterable[Row]]
    """Makes the rows of what stands in the list, under its own keys: one, or several."""
    by_own_keys: Callable[[Row], Row]
    known: Collection[str] = ()
    """Keys that a person, or their header, says are read."""
    _unknown: Counter[str] = field(default_factory=Counter)

    def __len__(self) -> int:
        return len(self.found)

    def __iter__(self) -> Iterator[Row]:
        self._unknown.clear()
        for one in self.found:
            for row in self.within(one):
                self._unknown.update(key for key in unknown_in(row) if key not in self.known)
                yield self.by_own_keys(row) if row else {}

    @property
    def not_read(self) -> list[str]:
        """The keys under which the rows made so far say something that nobody reads, most frequent first."""
        return [key for key, _ in self._unknown.most_common(MOST_NAMED)]
