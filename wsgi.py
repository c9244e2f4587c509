"""The app as servers and `flask --app wsgi` know it: `app` for WSGI, `rsgi` for Granian."""

import atexit
import gc
import os
import shutil
import sys
from pathlib import Path


def _count_together() -> None:
    """Let the workers of one server add up what each counts, in a folder named after their parent.

    The library decides when it is imported, so before anything of ours is. Without a folder that
    can be written each counts for itself.
    """
    instance = Path(os.environ.get("TWAALF_INSTANCE") or Path(__file__).parent / "instance")
    folder = instance / "figures" / str(os.getppid())
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for other in folder.parent.iterdir():
            if not Path("/proc", other.name).exists():
                shutil.rmtree(other, ignore_errors=True)
    except OSError:
        return
    os.environ.setdefault("PROMETHEUS_MULTIPROC_DIR", str(folder))


IS_COMMAND = os.environ.get("FLASK_RUN_FROM_CLI") == "true"
if not IS_COMMAND:
    _count_together()

from app import create_app  # noqa: E402
from app.blueprints.web.request_checks import LARGEST_LIST  # noqa: E402
from app.commands.door import close_down, what_stops_the_start  # noqa: E402
from app.config import WrongSetting  # noqa: E402
from app.rsgi import Bridge  # noqa: E402

try:
    app = create_app()
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

# What starting made stays for good: the collector need not walk it again for every long list.
gc.freeze()
