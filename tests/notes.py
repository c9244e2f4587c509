"""How many changes a function may note on one run of it, read from its source."""

import ast
from collections.abc import Iterable

from tests.source import Module

MANY = 2
"""More than one is all that matters."""


class Notes:
    """Counts calls of `note` over every way through a function, private helpers included."""

    def __init__(self, modules: Iterable[Module]):
        self._functions: dict[str, tuple[ast.FunctionDef, Module]] = {}
        for module in modules:
            for node in module.tree.body:
                if isinstance(node, ast.FunctionDef):
                    self._functions[f"{module.name}.{node.name}"] = (node, module)
        self._known: dict[str, set[int]] = {}

    def of(self, function: str) -> set[int]:
        """Return the possible numbers of notes, for a whole name: `app.actions.slots.set_slot`."""
        if function not in self._known:
            self._known[function] = {0}  # a function that calls itself
            node, module = self._functions[function]
            through, done = self._block(node.body, module)
            self._known[function] = through | done
        return self._known[function]

    def _block(self, statements: list[ast.stmt], module: Module) -> tuple[set[int], set[int]]:
        """Return the numbers with which a block is left below, and with which it returns."""
        through, done = {0}, set()
        for statement in statements:
            below, returned = self._statement(statement, module)
            done |= _sums(through, returned)
            through = _sums(through, below)
        return through, done

    def _statement(self, statement: ast.stmt, module: Module) -> tuple[set[int], set[int]]:
        match statement:
            case ast.FunctionDef():
                return {0}, set()
            case ast.Return():
                return set(), self._calls(statement, module)
            case ast.Raise():
                return set(), set()
            case ast.If():
                first = self._calls(statement.test, module)
                return self._choice(first, [statement.body, statement.orelse], module)
            case ast.Match():
                first = self._calls(statement.subject, module)
                bodies = [case.body for case in statement.cases]
                return self._choice(first, [*bodies, []], module)
            case ast.For() | ast.While():
                head = statement.iter if isinstance(statement, ast.For) else statement.test
                below, returned = self._block(statement.body, module)
                again = {0} | {MANY if count else 0 for count in below}
                first = self._calls(head, module)
                return _sums(first, again), _sums(first, _sums(again, returned))
            case ast.With():
                below, returned = self._block(statement.body, module)
                first = {0}
                for item in statement.items:
                    first = _sums(first, self._calls(item.context_expr, module))
                return _sums(first, below), _sums(first, returned)
            case ast.Try():
                blocks = [statement.body + statement.orelse]
                blocks += [handler.body for handler in statement.handlers]
                through, done = self._choice({0}, blocks, module)
                below, returned = self._block(statement.finalbody, module)
                return _sums(through, below), _sums(done, below) | returned
        return self._calls(statement, module), set()

    def _choice(
        self, first: set[int], blocks: list[list[ast.stmt]], module: Module
    ) -> tuple[set[int], set[int]]:
        through, done = set(), set()
        for block in blocks:
            below, returned = self._block(block, module)
            through |= below
            done |= returned
        return _sums(first, through), _sums(first, done)

    def _calls(self, node: ast.AST, module: Module) -> set[int]:
        counts = {0}
        for call in ast.walk(node):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name):
                counts = _sums(counts, self._called(call.func.id, module))
        return counts

    def _called(self, name: str, module: Module) -> set[int]:
        if name == "note":
            return {1}
        here = f"{module.name}.{name}"
        if here in self._functions:
            return self.of(here)
        for whole in module.imports:
            if whole.split(".")[-1] == name and whole in self._functions:
                return self.of(whole)
        return {0}


def _sums(one: set[int], other: set[int]) -> set[int]:
    return {min(a + b, MANY) for a in one for b in other}
