"""Delivery reports (RFC 3464): from a mail that came back to the letters that did not arrive."""

import re
from collections.abc import Iterator
from email.message import Message
from email.parser import HeaderParser

_ID = re.compile(r"[^\s<>()]+@[^\s<>()]+")
_ORIGINALS = ("message/rfc822", "message/global")
_HEADERS_OF_ORIGINALS = ("text/rfc822-headers", "message/global-headers")


def undelivered_in(mail: Message) -> list[str]:
    """Return the Message-IDs, without brackets, of what a report says was not delivered for good.

    Nothing for a report of a delay or a delivery, and for any other mail. Servers that leave out
    the letter name it in the report or its header, so what it answers counts too.
    """
    reports = [part for part in mail.walk() if _is(part, ("message/delivery-status",))]
    blocks = [block for report in reports for block in _parts(report)]
    if not any(_has_failed(block) for block in blocks):
        return []
    named = [block.get("Original-Envelope-Id", "") for block in blocks]
    named += [original.get("Message-ID", "") for original in _originals(mail)]
    named += [mail.get("In-Reply-To", ""), mail.get("References", "")]
    ids = [found for words in named for found in _ID.findall(str(words))]
    return list(dict.fromkeys(ids))


def _has_failed(block: Message) -> bool:
    """Tell whether a part about one recipient says `failed` (RFC 3464 2.3.3), whatever its comment."""
    return str(block.get("Action", "")).strip().lower().startswith("failed")


def _originals(mail: Message) -> Iterator[Message]:
    for part in mail.walk():
        if _is(part, _ORIGINALS):
            yield from _parts(part)
        elif _is(part, _HEADERS_OF_ORIGINALS):
            yield from _parts(part) or [_headers_in(part)]


def _headers_in(part: Message) -> Message:
    content = part.get_payload(decode=True)
    words = content.decode("utf-8", "replace") if isinstance(content, bytes) else ""
    return HeaderParser().parsestr(words.lstrip())


def _parts(part: Message) -> list[Message]:
    payload = part.get_payload()
    return [one for one in payload if isinstance(one, Message)] if isinstance(payload, list) else []


def _is(part: Message, types: tuple[str, ...]) -> bool:
    return part.get_content_type() in types
