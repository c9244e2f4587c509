"""Whatever way a name comes in, it is one line and holds nothing unseen."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.datastructures import MultiDict
from wtforms import EmailField, HiddenField, PasswordField, StringField, TextAreaField
from wtforms.fields.core import UnboundField

from app.blueprints.web.form import Form
from app.db import Base, db
from app.domain.name import as_name
from app.records.columns import Name, SealedName
from app.records.groups import find_group
from tests.people import World

HIDING = "A\u202en\u200bn\r\na\u2028\U000e0041\u00ad\u3164 \ufe0fVos"
NAMES = ("name", "alias", "town", "title")
NO_NAMES = (EmailField, HiddenField, PasswordField, TextAreaField)


def forms(kind: type[Form] = Form) -> Iterator[type[Form]]:
    for one in kind.__subclasses__():
        yield one
        yield from forms(one)


def lines_of(kind: type[Form]) -> list[str]:
    """Return the fields of a form that take one line."""
    return [
        name
        for name in dir(kind)
        if isinstance(field := getattr(kind, name, None), UnboundField)
        and issubclass(field.field_class, StringField)
        and not issubclass(field.field_class, NO_NAMES)
    ]


def test_every_field_of_one_line_takes_a_name_as_it_is_seen(app: Flask):
    seen = {}
    for kind in forms():
        for name in lines_of(kind):
            with app.test_request_context(method="POST"):
                form = kind(formdata=MultiDict({name: HIDING}))
                seen[f"{kind.__module__}.{kind.__name__}.{name}"] = form[name].data

    assert len(seen) > 25
    assert {where: data for where, data in seen.items() if data != as_name(HIDING)} == {}


def test_every_column_of_a_name_keeps_it_as_it_is_seen():
    named = {
        f"{table.name}.{column.name}": type(column.type)
        for table in Base.metadata.tables.values()
        for column in table.columns
        if column.name in NAMES
    }

    assert len(named) > 8
    of_no_person = {"duty.name"}  # a step of the timer, named in the code
    assert {name for name, kind in named.items() if kind not in (Name, SealedName)} == of_no_person


@pytest.mark.parametrize("text", [HIDING])
def test_a_name_that_comes_past_every_form_is_kept_as_it_is_seen(
    app: Flask, world: World, text: str
):
    with app.app_context():
        find_group("oost").name = text
        db.session.commit()
        group = find_group("oost")

        assert db.session.scalar(
            select(type(group).name).where(type(group).id == group.id)
        ) == as_name(text)
