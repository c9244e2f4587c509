"""Numbers to dial in: a phone dials them whole, pauses, codes and keys."""

import pytest

from app.formats.phone import to_join


@pytest.mark.parametrize(
    ("written", "dials"),
    [
        ("+31 20 794 0854,,5551234567#", "+31207940854,,5551234567%23"),
        ("(020) 794 08 54,,5551234567#,,0000#", "+31207940854,,5551234567%23,,0000%23"),
        ("+31207940854;ext=12", "+31207940854,12"),
        ("+31207940854 code 555 123 4567", "+31207940854,5551234567"),
        ("0900-1234567p5551234567#", "09001234567,5551234567%23"),
        ("0800 1234w12*", "08001234,12*"),
        ("+31 20 123 45 67", "+31201234567"),
    ],
)
def test_a_number_is_dialled_whole_and_shown_as_written(written: str, dials: str):
    assert to_join(written) == (dials, written)


@pytest.mark.parametrize("written", ["", "vraag het na", "#123", "tel:"])
def test_what_is_no_number_is_not_dialled(written: str):
    assert to_join(written)[0] == ""
