"""Do a measurement: decrypt, look at the buyer's rows alone, pay, compute in a closed-off child.

What is computed exactly lives in this process until noise is added to it. A measurement that is
cancelled ends the child at its next report.
"""

from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings

from marketplace.core import Actor
from marketplace.jobs.execution import Reasons, execute_job
from marketplace.jobs.heartbeat import Heartbeat
from marketplace.learning.adapters import MEASUREMENT_SENTENCES
from marketplace.learning.measurement.models import Measurement
from marketplace.learning.measurement.services import (
    MOST_SECONDS,
    charge_measurement,
    finish_measurement,
)
from marketplace.learning.measurement.steps import MEASUREMENTS
from marketplace.learning.training.errors import TrainingError
from marketplace.learning.training.supervision import Limits, measure_in_child
from marketplace.vault.services import decrypt_into

ALONE = 0.2
"""The share of the work that is over once the buyer's rows were looked at alone."""


REASONS = Reasons((TrainingError,), MEASUREMENT_SENTENCES, refused="offer-not-standing")


def execute_measurement(measurement_id: UUID) -> None:
    """Do a measurement that waits; any other is left alone."""
    execute_job(measurement_id, queue=MEASUREMENTS, work=_measure, reasons=REASONS)


def _measure(measurement: Measurement, folder: Path, heartbeat: Heartbeat, by: Actor) -> None:
    """Count; what is wrong with the buyer's rows is found before anything is paid for."""
    own = [decrypt_into(one, folder) for one in (measurement.hold_out, measurement.own_rows)]

    def counted(begin: float, end: float, *rows_on_offer: Path) -> dict[str, Any]:
        return measure_in_child(
            [*own, *rows_on_offer],
            measurement.declared,
            measurement.offered,
            folder,
            limits=Limits(most_seconds=MOST_SECONDS, most_bytes=settings.CENTRE["TRAINING_BYTES"]),
            must_be_isolated=settings.CENTRE["ISOLATED_READERS"],
            tell=lambda share, _step: heartbeat.report(begin + share * (end - begin)),
        )

    held_out = counted(0, ALONE)["held_out"]
    charge_measurement(measurement.pk, attempt=measurement.attempt, held_out=held_out, by=by)
    counts = counted(ALONE, 1, decrypt_into(measurement.version.file, folder))
    finish_measurement(measurement.pk, attempt=measurement.attempt, counts=counts, by=by)
