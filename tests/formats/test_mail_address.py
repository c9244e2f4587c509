"""A mail address is read as a letter can be sent to it."""

import pytest

from app.formats.mail_address import read_address


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("anna@example.org", "anna@example.org"),
        (" Anna@EXAMPLE.org ", "Anna@example.org"),
        ("anna@ｅxample.org", "anna@example.org"),
        ("anna@example。org", "anna@example.org"),
        ("anna@exämple.nl", "anna@xn--exmple-cua.nl"),
        ("anna@xn--exmple-cua.nl", "anna@xn--exmple-cua.nl"),
        ("Änna@example.org", None),
        ("jac\u212a@example.org", None),
        ("anna＠example.org", None),
        ("anna@", None),
        ("anna", None),
        ("", None),
        ("anna@" + "a" * 60 + ".b" * 94 + ".org", None),
        ("a" + "\u0301\u0316" * 100_000 + "@example.org", None),
    ],
)
def test_an_address_is_what_a_letter_can_be_sent_to(typed: str, read: str | None):
    assert read_address(typed) == read
