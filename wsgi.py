"""The app as servers and `flask --app wsgi` know it: `app` for WSGI, `rsgi` for Granian."""

import atexit
import gc
import os
import sys

from serve import count_together

IS_COMMAND = os.environ.get("FLASK_RUN_FROM_CLI") == "true"
if not IS_COMMAND:
    count_together(os.getppid())

# Meanwhile the collector would walk what is there already again and again, a fifth of the whole start.
gc.disable()

from app import create_app  # noqa: E402
from app.blueprints.web.request_checks import LARGEST_LIST  # noqa: E402
from app.commands.door import close_down, what_stops_the_start  # noqa: E402
from app.config import WrongSetting  # noqa: E402
from app.rsgi import Bridge  # noqa: E402
from app.warmed import warm  # noqa: E402

try:
    app = create_app(takes_commands=IS_COMMAND)
except WrongSetting as wrong:
    sys.exit(f"Twaalf does not start: {wrong}")

# A command may be what mends it; each has a door of its own.
if not IS_COMMAND and (reason := what_stops_the_start(app)):
    sys.exit(f"Twaalf does not start: {reason}")

atexit.register(close_down, app)
rsgi = Bridge(
    app,
    most_bytes=app.config["MAX_CONTENT_LENGTH"],
    most_of_lists=LARGEST_LIST,
    kept=app.extensions.get("kept"),
)

if not IS_COMMAND:
    warm()
# What starting made stays for good: the collector need not walk it again for every long list.
gc.freeze()
gc.enable()
