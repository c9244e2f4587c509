"""Takes in Flask-Security without what reads passkeys, before any other module of ours asks for it.

It takes that in, a tenth of a worker's memory, for views of its own that we never turn on; our own
do so when somebody uses a passkey (`app.formats.passkey`). It knows how to do without.
"""

import sys

PASSKEYS = "webauthn"

if PASSKEYS not in sys.modules:
    sys.modules[PASSKEYS] = None  # type: ignore[assignment]  # how Python says: there is none
    try:
        import flask_security  # noqa: F401
    finally:
        del sys.modules[PASSKEYS]
