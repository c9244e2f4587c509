"""How many tests of each kind there are: `python -m bench.count`, or `make count`."""

import contextlib
import io
from collections import Counter

import pytest

KINDS = {"browser": "Chromium", "postgres": "PostgreSQL", "server": "other programs, real servers"}
REST = "rules, formats, pages"


class _Count:
    def __init__(self) -> None:
        self.found: Counter[str] = Counter()

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        for item in session.items:
            kinds = [name for mark, name in KINDS.items() if item.get_closest_marker(mark)]
            self.found[kinds[0] if kinds else REST] += 1


def main() -> None:
    count = _Count()
    with contextlib.redirect_stdout(io.StringIO()):
        pytest.main(["--collect-only", "-q"], plugins=[count])
    for name in (REST, *KINDS.values()):
        print(f"{count.found[name]:6}  {name}")


if __name__ == "__main__":
    main()
