"""What is acknowledged is there, whatever falls over.

    python -m bench.faults [--postgres] [--only F2 F6] [--short] [--kills N] [--soak-seconds N]    (`make faults`)

Through the real server, over HTTP. Each writer notes the address of the page that it was sent to; at the
end each of these must be in the database, twelve seats must be twelve, and the server must serve again.
"""

import argparse
import sys
import tempfile
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from bench.faults.postgres import postgres
from bench.faults.rows import LONG, SHORT, Row, run


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--postgres", action="store_true", help="on a PostgreSQL of its own")
    asked.add_argument("--only", nargs="*", default=[], help="the faults by their number: F1 F9")
    asked.add_argument("--short", action="store_true", help="each as short as in the tests")
    asked.add_argument("--kills", type=int, default=LONG.kills)
    asked.add_argument("--soak-seconds", type=float, default=LONG.soak_seconds)
    wanted = asked.parse_args()
    long = replace(LONG, kills=wanted.kills, soak_seconds=wanted.soak_seconds)
    sizes = SHORT if wanted.short else long
    on = "PostgreSQL" if wanted.postgres else "SQLite"
    rows = []
    print("| fault | on | acknowledged | lost | seen |\n|---|---|---|---|---|")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name, ExitStack() as stack:
        folder, database = Path(name), None
        url = f"sqlite:///{folder}/faults.sqlite"
        if wanted.postgres:
            database = stack.enter_context(postgres(folder / "postgres"))
            url = database.url
        for row in run(url, folder, sizes, only=wanted.only, database=database):
            print(
                f"| {row.name} | {on} | {row.acknowledged:,} | {row.lost} | {row.seen} |",
                flush=True,
            )
            rows.append(row)
    sys.exit(1 if any(map(_failed, rows)) else 0)


def _failed(row: Row) -> bool:
    return row.lost > 0 or row.is_broken


if __name__ == "__main__":
    main()
