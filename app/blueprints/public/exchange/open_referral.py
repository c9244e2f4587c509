"""Open Referral (HSDS 3, Open Referral UK): the listed groups as services, for directories of care."""

import math
from collections.abc import Callable

import msgspec
from flask import Blueprint, Response, current_app, request
from flask_babel import gettext as _

from app import clock
from app.blueprints.access import public
from app.blueprints.public.exchange.api import problem
from app.blueprints.public.exchange.list_answer import attach, kept_body, list_answer, tag_of
from app.blueprints.public.meeting_guide import page_of
from app.blueprints.web.cross_origin import ASKED, preflight
from app.domain.zones import next_quarter
from app.formats.api.open_referral import PROFILE, VERSION, id_of, service_of
from app.records.listed import numbered, stamp_of_listed

bp = Blueprint("open_referral", __name__, url_prefix="/hsds/v3")
bp.record_once(attach)

SHAPE = 1
USUAL, MOST = 50, 500
"""Services on a page."""


@bp.route("/", methods=ASKED)
@public
def index() -> Response:
    """Say which version and profile is spoken here."""
    body = {"version": VERSION, "profile": PROFILE, "openapi_url": ""}
    return _answer("index", lambda: msgspec.json.encode(body))


@bp.route("/services", methods=ASKED)
@public
def services() -> Response:
    """Show all services, page by page."""
    page, size = (_number(name, usual) for name, usual in (("page", 1), ("per_page", USUAL)))
    if not page or not size or size > MOST:
        return problem(400, _("Deze bladzijde is er niet."))

    def body() -> bytes:
        every = list(_written().values())
        pages = max(1, math.ceil(len(every) / size))
        some = every[(page - 1) * size : page * size]
        return msgspec.json.encode(
            {
                "total_items": len(every),
                "total_pages": pages,
                "page_number": page,
                "size": len(some),
                "first_page": page == 1,
                "last_page": page >= pages,
                "empty": not some,
                "contents": some,
            }
        )

    return _answer(f"services {page} {size}", body)


@bp.route("/services/<service_id>", methods=ASKED)
@public
def service(service_id: str) -> Response:
    """Show one service."""
    found = _written().get(service_id)
    if found is None:
        return problem(404, _("Deze bladzijde is er niet."))
    return _answer(f"service {service_id}", lambda: bytes(found))


def _answer(name: str, body: Callable[[], bytes]) -> Response:
    if request.method == "OPTIONS":
        return preflight()
    now = clock.now()
    return list_answer(tag_of([name, SHAPE, stamp_of_listed(now)]), body, until=next_quarter(now))


def _number(name: str, usual: int) -> int:
    """Return a number of at most six digits; 0 for what is none."""
    text = request.args.get(name, str(usual))
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 6 else 0


def _written() -> dict[str, msgspec.Raw]:
    """Return every service as JSON, by its id: two queries when this process has them already."""
    now = clock.now()
    root: str = current_app.config["TWAALF_PUBLIC_URL"]

    def write() -> bytes:
        return msgspec.json.encode(
            {
                id_of(root, one.id): service_of(
                    one.listing, one.id, page=page_of(one.listing), root=root, now=now
                )
                for one in numbered(now)
            }
        )

    body = kept_body(tag_of(["hsds", SHAPE, stamp_of_listed(now)]), write)
    return msgspec.json.decode(body, type=dict[str, msgspec.Raw])
