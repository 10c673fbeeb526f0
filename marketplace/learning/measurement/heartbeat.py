"""How a worker keeps the measurement that it holds, and learns that it lost it."""

from marketplace.core import Actor, heartbeat
from marketplace.learning.measurement.models import Measurement
from marketplace.learning.measurement.services import beat_measurement

MeasurementLost = heartbeat.LeaseLost
"""The measurement was cancelled, or another worker has it."""


class MeasurementHeartbeat(heartbeat.Heartbeat[int]):
    """Renews the lease of a measurement with its progress."""

    def __init__(self, measurement: Measurement, *, by: Actor) -> None:
        def say(progress: int) -> None:
            beat_measurement(measurement.pk, attempt=measurement.attempt, progress=progress, by=by)

        super().__init__(say, 0, name=f"measurement-{measurement.pk}")

    def report(self, share: float) -> None:
        """Say how far the work is, from 0 to 1.

        Raises:
            MeasurementLost: the work must stop.
        """
        self.tell(round(share * 1000))
