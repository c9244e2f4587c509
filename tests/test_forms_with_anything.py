"""Whatever somebody types or sends in a field of a form, the answer is a page: never a fault of ours."""

from collections.abc import Callable

import pytest
from flask import Flask

from tests.addresses import Grounds, lay_out
from tests.forms import forms_of, post
from tests.people import World

pytestmark = pytest.mark.long

TYPED = [
    "", " ", "-1", "0", "99999999999999999999", "9" * 400, "1e400", "nan", "²", "２０:００", "99:99", "24:00",
    "2026-02-30", "0001-01-01", "9999-12-31", "9999-W53", "\x00", "\u202eabc", "é\u0301\u200b", "a" * 5000, "<script>",
    "{{7*7}}", "%(x)s %s", "' OR 1=1 --", "https://[::1", "http://", "https://a\u2028b", "javascript:alert(1)", "@",
    "@anna_groep", "NL91 ABNA 0417 1643 00", "De deurcode is 2580.", "1091 AB\n",
]  # fmt: skip
EACH = 6
"""Of these for each field, other ones for the next."""
STRIDE = 7
FIELDS_AT_LEAST = {"anna": 350, "olaf": 300, "kim": 80, "visitor": 50}


@pytest.fixture
def grounds(app: Flask, world: World) -> Grounds:
    return lay_out(app, world)


@pytest.mark.parametrize("person", FIELDS_AT_LEAST)
def test_whatever_is_sent_in_a_field_is_answered_by_a_page(
    grounds: Grounds, put_back: Callable[[], None], person: str
):
    forms = list(forms_of(grounds, person))
    put_back()

    wrong, fields = [], 0
    for form in forms:
        client = grounds.client(person)
        for at, (name, _) in enumerate(form.fields):
            for turn in range(EACH):
                typed = TYPED[(fields + turn * STRIDE) % len(TYPED)]
                sent = [*form.fields[:at], (name, typed), *form.fields[at + 1 :]]
                try:
                    code = post(grounds.app, client, form.action, sent).status_code
                except Exception as fault:  # what would be a page of ours that says sorry
                    wrong.append(f"{form.action}, {name} = {typed[:40]!r}: {fault!r}"[:300])
                else:
                    wrong += [f"{form.action}, {name} = {typed[:40]!r}: {code}"] * (code >= 500)
            fields += 1
        put_back()

    assert not wrong, "\n".join(wrong)
    assert fields >= FIELDS_AT_LEAST[person]
