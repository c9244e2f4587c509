"""The app with its clock moved, for `granian` and `flask --app`: from CLOCK_STARTS_AT it goes on from there."""

import os
from datetime import datetime

import time_machine

time_machine.travel(datetime.fromisoformat(os.environ["CLOCK_STARTS_AT"]), tick=True).start()

from wsgi import app, rsgi  # noqa: E402, F401 - what servers ask for
