"""Figures that the rows tell, the same in every process: letters that wait, holds, timers."""

from collections.abc import Iterator

from flask import current_app
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from app import clock
from app.records.health.state import holds_ended, holds_overdue, outbox
from app.records.health.timers import TIMERS, last_run
from app.replica.standing import Replica


class House(Collector):
    """Asks the database while `/metrics` is written, in the app's context; four short queries."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        now = clock.now()
        waiting, oldest, given_up = outbox(now)
        age = (now - oldest).total_seconds() if oldest else 0
        for name, help_, value in (
            ("twaalf_outbox_letters", "Letters that are due and did not leave yet", waiting),
            ("twaalf_outbox_oldest_seconds", "How long the oldest of them waits", age),
            (
                "twaalf_letters_given_up",
                "Letters of the last day that were refused or given up",
                given_up,
            ),
            (
                "twaalf_holds_ended",
                "Holds on seats that ended unconfirmed, yesterday and today",
                holds_ended(now),
            ),
            (
                "twaalf_holds_overdue",
                "Holds that ran out and that no timer ended yet",
                holds_overdue(now),
            ),
        ):
            yield GaugeMetricFamily(name, help_, value=float(value))
        ran = GaugeMetricFamily(
            "twaalf_timer_last_run_timestamp_seconds",
            "When each timer last ran here",
            labels=["name"],
        )
        for name in TIMERS:
            if last := last_run(current_app.config["RAN_FOLDER"], name):
                ran.add_metric([name], last.timestamp())
        yield ran
        yield from _of_replica()


def _of_replica() -> Iterator[GaugeMetricFamily]:
    """Tell how the replica stands, as this process finds it now; without one only the names."""
    fresh = GaugeMetricFamily(
        "twaalf_replica_fresh", "1 while the replica is read, 0 while the primary answers all"
    )
    age = GaugeMetricFamily(
        "twaalf_replica_age_seconds", "How long ago it held all that was committed"
    )
    replica: Replica | None = current_app.extensions.get("replica")
    if replica:
        replica.look(waits=True)
        fresh.add_metric([], float(replica.is_fresh()))
        if (known := replica.age()) is not None:
            age.add_metric([], known)
    yield from (fresh, age)
