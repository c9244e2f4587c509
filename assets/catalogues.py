"""Keeps the catalogues: `make translations` gathers for each language the sentences that it owes.

English owes all. The languages of readers owe what readers can come to: every sentence of the
rooms `public` and `by_link` and of the plumbing, of the templates and letters of people without an
account, of calendars and paper, and of whatever those use of other modules, name by name.
"""

import ast
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po, write_po

from app.formats.letter import TO_WHO_HAS_NO_ACCOUNT
from app.formats.wording import DESKS, LANGUAGES

ROOT = Path(__file__).resolve().parent.parent
APP = ROOT / "app"
TEMPLATES = APP / "templates"
KEYWORDS = DEFAULT_KEYWORDS | {
    "N_": None, "gettext": None, "lazy_gettext": None, "lazy_ngettext": (1, 2)
}  # fmt: skip
READERS = ("blueprints/public", "blueprints/by_link", "blueprints/web")
"""Folders of which every sentence may be said to a reader."""
SHARED = ("parts", "public", "by_link")
"""Folders of templates that readers' pages take pieces from; pieces of all stand beside them."""
PAGES = ("public/**/*", "by_link/**/*", "base.html", "error.html")

_LAID_DOWN = datetime(2026, 1, 1, tzinfo=UTC)

FIRST_READ = (
    "base.html", "public/pages/safe.html", "public/pages/privacy.html", "formats/who_sees.py",
    "parts/seat_form/_fields.html", "by_link/seats/_reader.html", "by_link/seats/leave.html",
    "public/ask/seat.html", "letters/seat_ended.txt",
)  # fmt: skip
"""Whose words can hurt or save: help now, the way out, what is kept, who sees a name."""

Name = tuple[Path, str]
"""A module, and a name that it defines at its top."""


def sentences() -> Catalog:
    """Return every sentence of the app, each with where it is said."""
    with (ROOT / "babel.cfg").open() as file:
        methods, options = parse_mapping_cfg(file)
    found = Catalog()
    strict = {pattern: given | {"silent": "false"} for pattern, given in options.items()}
    for name, line, message, comments, context in extract_from_dir(APP, methods, strict, KEYWORDS):
        found.add(message, None, [(name, line)], auto_comments=comments, context=context)
    return found


def owed(language: str, of: Catalog) -> Catalog:
    """Return the sentences that a catalogue has to say."""
    if language in DESKS:
        return of
    said = said_to_readers()
    found = Catalog()
    for message in of:
        if message.id and any(_is_in(said, *place) for place in message.locations):
            found.add(message.id, flags=message.flags)
    return found


def _is_in(said: dict[str, set[int] | None], file: str, line: int) -> bool:
    lines = said.get(file, set())
    return lines is None or line in lines


@cache
def said_to_readers() -> dict[str, set[int] | None]:
    """Return the lines of each file, as seen from app/, whose sentences readers may meet; None: all."""
    names = _names_reached()
    pages = _templates_reached({file for file, _name in names})
    lines: dict[str, set[int] | None] = {str(page.relative_to(APP)): None for page in pages}
    for file, name in names:
        spans = lines.setdefault(str(file.relative_to(APP)), set())
        assert spans is not None
        for node in _tops(file).get(name, ()):
            spans.update(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    return lines


def _names_reached() -> set[Name]:
    reached: set[Name] = set()
    waiting = [
        (file, name)
        for folder in READERS
        for file in sorted((APP / folder).rglob("*.py"))
        for name in _tops(file)
    ]
    while waiting:
        file, name = waiting.pop()
        if (file, name) in reached or not _may_speak(file):
            continue
        reached.add((file, name))
        waiting += _used_by(file, name)
    return reached


def _may_speak(file: Path) -> bool:
    return file.relative_to(APP).parts[0] in ("blueprints", "formats")


def _used_by(file: Path, name: str) -> Iterator[Name]:
    """Yield what a definition names: of its own module, and of those it imports from."""
    brought = _imports(file)
    if name not in _tops(file) and name in brought and (there := _module(brought[name][0])):
        yield there, brought[name][1]
    for node in _tops(file).get(name, ()):
        for used in ast.walk(node):
            if isinstance(used, ast.Attribute) and isinstance(used.value, ast.Name):
                there = _module(".".join(brought.get(used.value.id, ("", ""))))
                if there:
                    yield there, used.attr
            if not isinstance(used, ast.Name):
                continue
            if used.id in _tops(file):
                yield file, used.id
            elif used.id in brought and (there := _module(brought[used.id][0])):
                yield there, brought[used.id][1]


@cache
def _tops(file: Path) -> dict[str, list[ast.stmt]]:
    """Return the definitions of a module by name; what stands beside them is named "" and always read."""
    found: dict[str, list[ast.stmt]] = {}
    for node in ast.parse(file.read_text("utf-8")).body:
        names = [""]
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            names = [node.name]
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names = [one.id for one in targets if isinstance(one, ast.Name)] or [""]
        elif isinstance(node, ast.Import | ast.ImportFrom):
            continue
        for name in names:
            found.setdefault(name, []).append(node)
    return found


@cache
def _imports(file: Path) -> dict[str, tuple[str, str]]:
    """Return for each imported name the module that it comes from, and its name there."""
    return {
        alias.asname or alias.name: (node.module, alias.name)
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("app.")
        for alias in node.names
    }


@cache
def _module(name: str) -> Path | None:
    file = ROOT.joinpath(*name.split(".")).with_suffix(".py")
    return file if name.startswith("app.") and file.is_file() else None


def _templates_reached(modules: set[Path]) -> set[Path]:
    reached: set[Path] = set()
    waiting = [page for pattern in PAGES for page in TEMPLATES.glob(pattern)]
    waiting += [TEMPLATES / "letters" / f"{kind}.txt" for kind in TO_WHO_HAS_NO_ACCOUNT]
    waiting += [TEMPLATES / name for module in modules for name in _named(module)]
    while waiting:
        page = waiting.pop()
        if page in reached or not page.is_file():
            continue
        reached.add(page)
        waiting += [TEMPLATES / name for name in _named(page)]
    return reached


def _named(file: Path) -> Iterator[str]:
    """Yield the templates that a file names, of those that readers' pages may be made of."""
    for name in re.findall(r'"([\w/]+\.html)"', file.read_text("utf-8")):
        if "/" not in name or name.split("/")[0] in SHARED:
            yield name


def catalogue(language: str) -> Path:
    return APP / "translations" / language / "LC_MESSAGES" / "messages.po"


def read(language: str) -> Catalog:
    file = catalogue(language)
    if not file.exists():
        return Catalog(locale=language)
    with file.open("rb") as content:
        return read_po(content, locale=language)


def gather(language: str, of: Catalog) -> list[str]:
    """Write a language's catalogue anew: what it owes, in one order. Return what it does not say yet."""
    kept, written = read(language), _empty(language)
    missing = []
    for message in owed(language, of):
        if not message.id:
            continue
        before = kept.get(message.id)
        written.add(message.id, before.string if before else "", flags=message.flags)
        if not before or not all(_strings(before.string)):
            missing.append(_strings(message.id)[0])
    file = catalogue(language)
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("wb") as content:
        write_po(content, written, no_location=True, sort_output=True, omit_header=False)
    return missing


def _empty(language: str) -> Catalog:
    """Return a catalogue whose head never changes: no dates of today."""
    return Catalog(
        locale=language,
        header_comment=f"# {Locale(language).english_name} for Twaalf: what readers meet. The Dutch "
        "sentences are the source;\n# `make translations` adds what is new.\n#",
        project="Twaalf",
        version=Locale(language).english_name,
        msgid_bugs_address="",
        creation_date=_LAID_DOWN,
        revision_date=_LAID_DOWN,
        last_translator="Twaalf",
        language_team="Twaalf",
        fuzzy=False,
    )


def _strings(text: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


def first_read(language: str, of: Catalog) -> str:
    """Return a table of the sentences that can hurt or save, for who reads a language first."""
    said = read(language)
    rows = [
        (_strings(message.id)[0], _strings(said[message.id].string)[0])
        for message in of
        if message.id
        and message.id in said
        and any(file.endswith(FIRST_READ) for file, _line in message.locations)
    ]
    lines = [f"| nl | {language} |", "|---|---|", *(f"| {one} | {other} |" for one, other in rows)]
    return "\n".join(lines)


def main() -> int:
    """Gather the readers' languages, and those named besides, which are not offered yet.

    With `--first-read`, print what is to be read first in those named.
    """
    of = sentences()
    if "--first-read" in sys.argv:
        print("\n\n".join(first_read(one, of) for one in sys.argv[1:] if one in LANGUAGES))
        return 0
    for language in dict.fromkeys((*LANGUAGES, *sys.argv[1:])):
        if language in DESKS:
            continue
        if missing := gather(language, of):
            print(f"{language}: {len(missing)} sentences to translate")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
