"""The eyes of test_architecture.py: what is read of a module, and of the changes it notes."""

import pytest

from tests.notes import Notes
from tests.source import Module


@pytest.mark.parametrize(
    ("source", "part"),
    [("from app.db import db", "db"), ("import app.db", "db"), ("from app import clock", "clock")],
)
def test_an_import_is_seen_however_it_is_written(tmp_path, source: str, part: str):
    module = Module(tmp_path / "x.py")
    module.file.write_text(source)

    assert module.parts_of_app == {part}


def test_a_function_is_as_long_as_from_its_name_to_its_end(tmp_path):
    module = Module(tmp_path / "x.py")
    module.file.write_text("def act():\n    def within():\n        pass\n    return within\n")

    assert dict(module.functions) == {"act": 4, "within": 2}


@pytest.mark.parametrize(
    ("body", "counts"),
    [
        ("note()", {1}),
        ("pass", {0}),
        ("note(); note()", {2}),
        ("if x: return\n    note()", {0, 1}),
        ("if x: raise E\n    note()", {1}),
        ("if x: note()\n    else: note()", {1}),
        ("for y in x: note()", {0, 2}),
        ("with x:\n        note()", {1}),
        ("return helper()", {1}),
        ("try:\n        note()\n    except E:\n        raise", {1}),
    ],
)
def test_notes_are_counted_on_every_way_through(tmp_path, body: str, counts: set[int]):
    file = tmp_path / "actions.py"
    file.write_text(f"def act(x):\n    {body}\n\ndef helper():\n    note()\n")

    class Here(Module):
        name = "app.actions.here"

    assert Notes([Here(file)]).of("app.actions.here.act") == counts
