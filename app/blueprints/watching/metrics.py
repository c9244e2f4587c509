"""`/metrics`: figures of all processes of this server, in Prometheus' words, for the machine itself."""

import os

from flask import Blueprint, Response, abort, request
from flask.typing import ResponseReturnValue
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    REGISTRY,
    CollectorRegistry,
    GCCollector,
    PlatformCollector,
    ProcessCollector,
    generate_latest,
)
from prometheus_client.multiprocess import MultiProcessCollector

from app.blueprints.access import public
from app.blueprints.watching.house_figures import House

bp = Blueprint("metrics", __name__)

LOOPBACK = ("127.0.0.1", "::1")
BY_PROXY = ("Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP")


@bp.get("/metrics")
@public
def show() -> ResponseReturnValue:
    """Give figures to the machine itself, and to nobody who comes by a proxy."""
    if request.remote_addr not in LOOPBACK or any(one in request.headers for one in BY_PROXY):
        abort(404)
    written = generate_latest(_of_all_workers()) + generate_latest(_of_the_house())
    return Response(written, content_type=CONTENT_TYPE_LATEST)


def _of_all_workers() -> CollectorRegistry:
    """Return what the workers counted together, where they share a folder (serve.py); else this one's."""
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return REGISTRY
    registry = CollectorRegistry()
    MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    for collector in (ProcessCollector, PlatformCollector, GCCollector):
        collector(registry=registry)
    return registry


def _of_the_house() -> CollectorRegistry:
    registry = CollectorRegistry()
    registry.register(House())
    return registry
