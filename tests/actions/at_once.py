"""Several deeds at the same moment, each in a thread with a session of its own."""

import threading
from collections.abc import Callable

from flask import Flask

from app.db import db


def at_once(app: Flask, *deeds: Callable[[], object]) -> list[BaseException]:
    """Do all of these at the same time, and return what was raised."""
    ready, raised = threading.Barrier(len(deeds)), list[BaseException]()

    def run(deed: Callable[[], object]) -> None:
        with app.app_context():
            try:
                ready.wait(30)
                deed()
            except BaseException as error:
                raised.append(error)
            db.session.remove()

    threads = [threading.Thread(target=run, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return raised
