"""What PostgreSQL holds and SQLite does not: that a text is no longer than its column."""

from typing import Any

from sqlalchemy import Engine, String, event


def hold_lengths() -> None:
    """Let any statement that writes a text longer than its column fail, on each database."""
    event.listen(Engine, "before_cursor_execute", _look)


def _look(
    _connection: Any, _cursor: Any, _statement: str, _parameters: Any, context: Any, _many: bool
) -> None:
    compiled = getattr(context, "compiled", None)
    if compiled is None or not (context.isinsert or context.isupdate):
        return
    for name, bind in compiled.binds.items():
        kind = bind.type
        longest = getattr(getattr(kind, "impl", kind), "length", None)
        if longest is None or not isinstance(getattr(kind, "impl", kind), String):
            continue
        for values in context.compiled_parameters:
            written = values.get(name)
            too_long = isinstance(written, str) and len(written) > longest
            assert not too_long, (
                f"{name} holds {longest} characters, not {len(written)}: {written!r}"
            )
