"""How a connection reads what the database gives."""

import json
import math

import pytest

from app.engines import read_json


@pytest.mark.parametrize(
    "value", [None, [], {}, [["AA", "O"]], {"a": [1, 2.5, True]}, "ë", "\ud800", 2**70, -0.0]
)
def test_a_column_of_json_gives_back_what_was_written(value: object):
    assert read_json(json.dumps(value)) == value


def test_it_reads_what_is_no_number_as_python_writes_it():
    assert math.isnan(read_json(json.dumps(math.nan)))
