"""The app's own source, read for the tests that hold it to the agreed layout."""

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
APP = ROOT / "app"


@dataclass(eq=False)
class Module:
    """One Python file of the app."""

    file: Path

    @property
    def name(self) -> str:
        parts = self.file.relative_to(ROOT).with_suffix("").parts
        return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)

    @property
    def folder(self) -> str:
        """What kind of thing it is: `domain`, or for a file in app/ itself its own name."""
        return ([*self.name.split("."), ""])[1]

    @cached_property
    def text(self) -> str:
        return self.file.read_text(encoding="utf-8")

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)

    @property
    def functions(self) -> Iterator[tuple[str, int]]:
        """Every function in it, and how many lines it has."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.FunctionDef):
                yield node.name, node.end_lineno - node.lineno + 1

    @property
    def imports(self) -> Iterator[str]:
        """Every name that it imports, whole: `app.domain.week.Week`, `sqlalchemy.orm.Mapped`."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                assert node.level == 0, f"{self.name} imports by dots, line {node.lineno}"
                yield from (f"{node.module}.{alias.name}" for alias in node.names)

    @property
    def parts_of_app(self) -> set[str]:
        """The folders and files of the app that it imports: `domain`, `db`."""
        return {name.split(".")[1] for name in self.imports if name.split(".")[0] == "app"}

    @property
    def packages(self) -> set[str]:
        """What it imports that is neither ours nor Python's own."""
        first = {name.split(".")[0] for name in self.imports}
        return first - sys.stdlib_module_names - {"app"}


def modules() -> list[Module]:
    """Return every module of the app but its migrations, which stand alone."""
    files = sorted(APP.rglob("*.py"))
    return [Module(file) for file in files if "migrations" not in file.parts]
