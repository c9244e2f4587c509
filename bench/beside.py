"""Twaalf beside the limit, in one run: `python -m bench.beside [--groups N] [--rounds N] [--only-sqlite]`.

nginx gives the same bytes as files, Radicale the same events as a calendar, a Flask app says hello
under the same server, and other servers have our app. One worker of each on one core, the load on
the other. What counts is the processor time of the whole server per answer (PostgreSQL's with it),
which hardly depends on who else is at work, and its ratio to nginx in the same round; the medians of
the rounds are printed as tables of docs/benchmarks.md. A round takes three minutes; `--rounds 1
--only-sqlite` is a short run.
Loopback only; ends what it started.
"""

import argparse
import os
import statistics
import sys
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import servers
from bench.load import Question, measure, tag_of
from bench.servers import OTHERS, RADICALE_USER, SHIPPED, Installation, Server

FILES = ("feed", "list of all groups")
"""What nginx has as files."""


@dataclass(frozen=True)
class Row:
    """A question to one server, and the same to nginx where it has it as a file."""

    server: Server
    question: Question
    limit: Question | None = None


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--groups", type=int, default=1000)
    asked.add_argument("--rounds", type=int, default=5)
    asked.add_argument("--only-sqlite", action="store_true", help="no PostgreSQL beside it")
    words = asked.parse_args()
    if os.cpu_count() == 1:
        sys.exit("needs two cores: one for the server, one for the load")
    os.sched_setaffinity(0, {1})
    with TemporaryDirectory() as name, ExitStack() as stack:
        folder = Path(name)
        sqlite = stack.enter_context(servers.filled(folder / "sqlite", words.groups))
        shipped = stack.enter_context(servers.twaalf(sqlite, "SQLite", SHIPPED))
        files = {page.name: page.path for page in _pages(sqlite) if page.name in FILES}
        limit = stack.enter_context(servers.nginx(folder, shipped, list(files.values())))
        kinds = [(shipped, sqlite)]
        if not words.only_sqlite:
            postgres = stack.enter_context(
                servers.filled(folder / "postgres", words.groups, on_postgres=True)
            )
            on_postgres = servers.twaalf(postgres, "PostgreSQL", SHIPPED)
            kinds.append((stack.enter_context(on_postgres), postgres))
        for other_name, command in OTHERS.items():
            other = servers.twaalf(sqlite, f"SQLite, {other_name}", command)
            kinds.append((stack.enter_context(other), sqlite))
        radicale = stack.enter_context(servers.radicale(folder, shipped, files["feed"]))
        hello = stack.enter_context(servers.hello(folder))
        rows = [row for server, at in kinds for row in _rows(server, at, limit, files)]
        rows.append(Row(radicale, Question("feed", "/ann/feed/", RADICALE_USER)))
        rows.append(Row(hello, Question("hello", "/")))
        idle = {row.server.name: row.server.idle for row in rows}
        for _ in range(words.rounds):
            for row in rows:
                measure(row.server, row.question)
                if row.limit:
                    measure(limit, row.limit)
        _print(rows, idle)


def _pages(at: Installation) -> list[Question]:
    return [
        Question("feed", f"/feeds/{at.feed}/agenda.ics"),
        Question("list of all groups", "/meetings.json"),
        Question("front page", "/"),
        Question("search by postcode", "/?near=1091"),
        Question("search never asked before", "/?near=1091&q=u{n}", connections=2),
        Question("a group's page", f"/groups/{at.group}"),
        Question("healthz", "/healthz"),
    ]


def _rows(server: Server, at: Installation, nginx: Server, files: dict[str, str]) -> list[Row]:
    """Return what is asked of a server: what has a tag is asked for twice."""
    rows = []
    for page in _pages(at):
        if page.name not in files:
            rows.append(Row(server, page))
            continue
        file = files[page.name]  # of the first installation; another's is as long
        rows.append(Row(server, page, Question(page.name, file)))
        name = f"{page.name}, unchanged"
        theirs = Question(name, file, {"If-None-Match": tag_of(nginx, file)})
        ours = Question(name, page.path, {"If-None-Match": tag_of(server, page.path)})
        rows.append(Row(server, ours, theirs))
    return rows


def _print(rows: list[Row], idle: dict[str, float]) -> None:
    print("| server | asked | µs | answers/s | nginx, µs | ratio |\n|---|---|---|---|---|---|")
    for row in rows:
        cost, rate = (statistics.median(row.question.costs), statistics.median(row.question.rates))
        limit = ratio = ""
        if row.limit:
            pairs = zip(row.question.costs, row.limit.costs, strict=True)
            limit = f"{statistics.median(row.limit.costs):.1f}"
            ratio = f"{statistics.median(ours / theirs for ours, theirs in pairs):.1f}"
        print(
            f"| {row.server.name} | {row.question.name} | {cost:,.0f} | {rate:,.0f} | {limit} | {ratio} |"
        )
    print("\n| server, one worker, nothing asked yet | MB |\n|---|---|")
    for name, megabytes in idle.items():
        print(f"| {name} | {megabytes:.0f} |")


if __name__ == "__main__":
    main()
