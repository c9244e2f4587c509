"""The app whose upgrade halts within the step HALT_IN, for `flask --app`: it says so and waits to be killed."""

import os
import signal
from typing import Any

from wsgi import app


def halt(*, step: Any, **_more: Any) -> None:
    if step.up_revision_id == os.environ["HALT_IN"]:
        print("halted", flush=True)
        signal.pause()


app.extensions["migrate"].configure_args["on_version_apply"] = halt
