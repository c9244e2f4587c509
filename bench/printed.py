"""How long a printed list takes: `python -m bench.printed [GROUPS]`.

From a demo database, through the whole app: the question, the listings, the words, the press.
The first time nothing is known; Typst remembers what it set, so the same list again is quicker.
"""

import statistics
import sys
import tempfile
import time
from pathlib import Path

from app import create_app
from app.db import db
from tests.conftest import settings
from tests.formats.sheets import Sheet

GROUPS = 600
ROUNDS = 5


def main() -> None:
    groups = int(sys.argv[1]) if len(sys.argv) > 1 else GROUPS
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(settings(f"sqlite:///{Path(folder) / 'bench.sqlite'}"))
        with app.app_context():
            db.create_all()
        app.test_cli_runner().invoke(args=["demo", "--groups", str(groups)])
        client = app.test_client()
        client.get("/")
        print(f"{'sheet':22}{'first':>9}{'again':>9}{'pages':>7}{'kB':>7}")
        queries = ("form=a4", "form=a4&order=place", "form=a5", "form=booklet")
        for query in queries:
            seconds, answer = [], b""
            for _ in range(ROUNDS):
                began = time.perf_counter()
                answer = client.get(f"/list.pdf?lang=nl&{query}").data
                seconds.append(time.perf_counter() - began)
            pages, size = Sheet(answer).pages, len(answer) // 1000
            print(
                f"{query:22}{seconds[0]:9.2f}{statistics.median(seconds[1:]):9.2f}{pages:7}{size:7}"
            )
        with app.app_context():
            db.engine.dispose()


if __name__ == "__main__":
    main()
