"""How many feed requests one process answers in a second: `python -m bench.feeds`.

Three answers, in turn within each round, so that a busy machine slows all alike: one without
news (304), one that this process wrote before (hit), one that is written anew (miss). What
counts is the ratio; it holds on any machine.
"""

import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from app import create_app
from app.blueprints.public.feeds import CACHE_BYTES, Bodies
from app.db import db
from tests.blueprints.feeds import addresses
from tests.conftest import settings
from tests.people import World

ROUNDS = 9
REQUESTS = 100


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(settings(f"sqlite:///{Path(folder) / 'bench.sqlite'}"))
        with app.app_context():
            db.create_all()
        World(app)
        named, _ = addresses(app)
        client = app.test_client()
        first = client.get(named)
        has = {"If-None-Match": first.headers["ETag"]}

        def no_news() -> None:
            assert client.get(named, headers=has).status_code == 304

        def hit() -> None:
            assert client.get(named).status_code == 200

        def miss() -> None:
            app.extensions["feeds"] = Bodies(0)
            assert client.get(named).status_code == 200

        rates: dict[str, list[float]] = {"304": [], "hit": [], "miss": []}
        for _ in range(ROUNDS):
            app.extensions["feeds"] = Bodies(CACHE_BYTES)
            client.get(named)
            rates["304"].append(_rate(no_news, REQUESTS))
            rates["hit"].append(_rate(hit, REQUESTS))
            rates["miss"].append(_rate(miss, REQUESTS // 10))
        with app.app_context():
            db.engine.dispose()

    base = statistics.median(rates["miss"])
    print(f"{len(first.data)} bytes, {first.data.count(b'BEGIN:VEVENT')} events")
    print(f"{'answer':8}{'requests/s':>12}{'x miss':>10}")
    for answer, measured in rates.items():
        rate = statistics.median(measured)
        print(f"{answer:8}{rate:12.0f}{rate / base:10.1f}")


def _rate(ask: Callable[[], None], times: int) -> float:
    begun = time.perf_counter()
    for _ in range(times):
        ask()
    return times / (time.perf_counter() - begun)


if __name__ == "__main__":
    main()
