"""Takes in libraries without others that they ask for, and that we never use of them.

With Flask-Security it does so at once, before any other module of ours asks for it: for views that
we never turn on it takes in what reads passkeys, 8 MB of each worker. Our own do that when somebody
uses one (`app.formats.passkey`).
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without(library: str) -> Iterator[None]:
    """Say meanwhile that there is no such library, unless it was taken in already."""
    if library in sys.modules:
        yield
        return
    sys.modules[library] = None  # type: ignore[assignment]  # how Python says so
    try:
        yield
    finally:
        del sys.modules[library]


with without("webauthn"):
    import flask_security  # noqa: F401
