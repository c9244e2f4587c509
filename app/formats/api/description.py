"""Describes the read API: OpenAPI 3.1, and JSON Schema of its answers, both made from its types."""

from dataclasses import dataclass
from functools import cache
from typing import Any

import msgspec

from app.formats.api import types
from app.formats.api.asked import AFTER, CURSOR, FILTERS, FIRST, LAST, LIMIT, SINCE, Parameter

BASE = "/api/v1"
PROBLEM = "application/problem+json"
_IN_OPENAPI = "#/components/schemas/{name}"
_IN_SCHEMA = "#/$defs/{name}"


@dataclass(frozen=True)
class Operation:
    """What one address answers to GET."""

    path: str
    name: str
    told: str
    answer: type
    asks: tuple[Parameter, ...] = ()
    may_be: tuple[int, ...] = ()
    """Refusals beside 400: of what is not there, or no longer."""


OPERATIONS = (
    Operation("/groups", "listGroups", "Groups that meet or prepare to, by their number.", types.Groups, (*FILTERS, LIMIT, CURSOR)),
    Operation("/groups/{slug}", "getGroup", "One group, also at an address it had before.", types.Group, (), (404,)),
    Operation("/meetings", "listMeetings", "What groups do on some days, exceptions in: moved, elsewhere, not on. Computed, and true at the next request after a change.", types.Meetings, (*FILTERS, FIRST, LAST, LIMIT, CURSOR)),
    Operation("/fellowships", "listFellowships", "The national bodies.", types.Fellowships),
    Operation("/fellowships/{slug}", "getFellowship", "One national body.", types.Fellowship, (), (404,)),
    Operation("/places", "listPlaces", "Buildings that are shown whole, and who meets there.", types.Places, (LIMIT, CURSOR)),
    Operation("/changes.json", "listChanges", "What changed since an instant, for who keeps a copy: groups as they are now, and for 30 days those that are gone.", types.Changes, (SINCE, AFTER, LIMIT), (410,)),
)  # fmt: skip
_REFUSED = {404: "There is no such thing.", 410: "Too long ago: begin anew, without `since`."}
_SLUG = {
    "name": "slug",
    "in": "path",
    "required": True,
    "schema": {"type": "string", "minLength": 1, "maxLength": 80},
    "description": "As it stands in the address of its page.",
}


@cache
def openapi(version: str, server: str) -> bytes:
    """Return the description, UTF-8; `server` is the address of this installation."""
    _, components = msgspec.json.schema_components(types.ANSWERS, ref_template=_IN_OPENAPI)
    document = {
        "openapi": "3.1.0",
        "info": {
            "title": "Twaalf",
            "version": version,
            "summary": "Groups, their meetings and what changed of them",
            "description": "All that may be published of groups, and nothing of anybody in them. "
            "Read only, without a key, from any site. Answers carry an ETag: ask with If-None-Match.",
        },
        "servers": [{"url": f"{server}{BASE}"}],
        "paths": {one.path: {"get": _operation(one)} for one in OPERATIONS},
        "components": {"schemas": components},
    }
    return msgspec.json.encode(document)


@cache
def json_schema() -> bytes:
    """Return JSON Schema 2020-12 of each type that an address answers with, under `$defs`."""
    _, components = msgspec.json.schema_components(types.ANSWERS, ref_template=_IN_SCHEMA)
    return msgspec.json.encode(
        {"$schema": "https://json-schema.org/draft/2020-12/schema", "$defs": components}
    )


def _operation(one: Operation) -> dict[str, Any]:
    answer = {"schema": {"$ref": _IN_OPENAPI.format(name=one.answer.__name__)}}
    problem = {"schema": {"$ref": _IN_OPENAPI.format(name=types.Problem.__name__)}}
    refusals = {400: "The question cannot be understood."} if one.asks else {}
    is_paged = (404,) if CURSOR in one.asks else ()
    refusals |= {status: _REFUSED[status] for status in (*is_paged, *one.may_be)}
    in_path = [_SLUG] if "{slug}" in one.path else []
    asks = [
        {"name": ask.name, "in": "query", "schema": ask.schema, "description": ask.told}
        for ask in one.asks
    ]
    return {
        "operationId": one.name,
        "summary": one.told,
        "parameters": [*in_path, *asks],
        "responses": {
            "200": {
                "description": one.answer.__doc__ or one.told,
                "content": {"application/json": answer},
            },
            "304": {"description": "The same as what If-None-Match names."},
            **{
                str(status): {"description": told, "content": {PROBLEM: problem}}
                for status, told in refusals.items()
            },
        },
    }
