"""Every kind of change in the log has its words, in both languages."""

import ast
from collections.abc import Iterator

import pytest
from flask import Flask

from app.blueprints.parts.change_words import DEEDS, FIELDS, OF_NO_GROUP
from app.blueprints.web.languages import speaking
from app.formats.wording import DESKS
from tests.source import Module, modules

WRITERS = [module for module in modules() if module.folder in ("actions", "demo")]


def deeds_noted(module: Module) -> Iterator[str]:
    """Yield what a module notes, also where a helper is told by its caller what the deed was."""
    helpers = {
        node.name: [argument.arg for argument in node.args.args]
        for node in module.tree.body
        if isinstance(node, ast.FunctionDef)
    }
    for call in [node for node in ast.walk(module.tree) if isinstance(node, ast.Call)]:
        name = call.func.id if isinstance(call.func, ast.Name) else ""
        positions = ["deed"] if name == "note" else helpers.get(name, [])
        told = [
            *(value for at, value in zip(positions, call.args, strict=False) if at == "deed"),
            *(keyword.value for keyword in call.keywords if keyword.arg == "deed"),
        ]
        for value in told:
            for part in ast.walk(value):
                if isinstance(part, ast.Constant) and isinstance(part.value, str):
                    yield part.value
                elif isinstance(part, ast.Name) and part.id == "DEED":
                    yield next(_constants(module, part.id))


def _constants(module: Module, name: str) -> Iterator[str]:
    home = next(whole for whole in module.imports if whole.endswith(f".{name}"))
    for other in modules():
        if other.name == home.rpartition(".")[0]:
            for node in other.tree.body:
                if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == name:
                    yield ast.literal_eval(node.value)


NOTED = {deed for module in WRITERS for deed in deeds_noted(module)}


def test_every_deed_that_is_noted_has_its_words_and_no_other_has():
    assert DEEDS.keys() | OF_NO_GROUP.keys() == NOTED


def test_no_deed_is_worded_twice():
    assert DEEDS.keys() & OF_NO_GROUP.keys() == set()


@pytest.mark.parametrize("module", WRITERS, ids=lambda module: module.name)
def test_where_something_is_noted_it_can_be_read_what(module: Module):
    """The control of the test above."""
    assert bool(set(deeds_noted(module))) == (" note(" in module.text.replace("def note(", ""))


@pytest.mark.parametrize("words", [DEEDS, OF_NO_GROUP, FIELDS], ids=["deeds", "others", "fields"])
def test_the_log_speaks_both_languages(app: Flask, words: dict):
    said = {}
    for language in DESKS:
        with app.test_request_context(), speaking(language):
            said[language] = {name: str(word) for name, word in words.items()}

    assert all(word and "_" not in word for of in said.values() for word in of.values())
    alike = {name for name, word in said["nl"].items() if word == said["en"][name]}
    assert alike <= {"status", "postcode"}
