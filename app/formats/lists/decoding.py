"""Bytes become text, in the encodings that lists come in."""

import re

from app.domain.imported import BrokenList, Problem

GARBLED = re.compile(r"[ÃÂ][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|â€[\u0080-\u00bf™œ“”˜¦]")  # noqa: RUF001
"""What UTF-8 looks like to who takes it for cp1252: `Ã«` for `ë`."""


def text_of(data: bytes) -> str:
    """Return text from UTF-8, UTF-16 (with or without its mark) or cp1252. Raises BrokenList."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _decoded(data, "utf-16")
    head = data[:400]
    if len(head) > 3 and head[1::2].count(0) > len(head) // 4:
        return _decoded(data, "utf-16-le")
    if len(head) > 3 and head[::2].count(0) > len(head) // 4:
        return _decoded(data, "utf-16-be")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        try:
            return data.decode("cp1252")
        except UnicodeDecodeError:
            before = data[: fault.start]
            column = fault.start - (before.rfind(b"\n") + 1) + 1
            raise BrokenList(Problem.NOT_TEXT, before.count(b"\n") + 1, column) from None


def _decoded(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError as fault:
        raise BrokenList(Problem.NOT_TEXT, detail=str(fault.start)) from None
