"""Do a measurement: decrypt, look at the buyer's rows alone, pay, compute in a closed-off child.

Outside any transaction. What is computed exactly lives in this process until noise is added to it;
whatever is killed in between leaves a measurement whose lease runs out, and nothing that was told.
A measurement that is cancelled ends the child at its next report.
"""

import logging
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings

from marketplace.core import Actor, Door, NotFound, WrongState
from marketplace.core.faults import DATABASE_AWAY
from marketplace.learning.adapters import MEASUREMENT_SENTENCES
from marketplace.learning.measurement.heartbeat import MeasurementHeartbeat, MeasurementLost
from marketplace.learning.measurement.models import Measurement
from marketplace.learning.measurement.services import (
    MOST_SECONDS,
    charge_measurement,
    fail_measurement,
    finish_measurement,
    take_measurement,
)
from marketplace.learning.training.errors import Parameter, TrainingError
from marketplace.learning.training.supervision import Limits, measure_in_child
from marketplace.vault.failures import failure_code
from marketplace.vault.services import decrypt_into, work_folder

log = logging.getLogger(__name__)

ALONE = 0.2
"""The share of the work that is over once the buyer's rows were looked at alone."""


def execute_measurement(measurement_id: UUID) -> None:
    """Take a measurement that waits and do it; one that does not wait is left alone."""
    by = Actor.system(Door.TASK)
    try:
        measurement = take_measurement(measurement_id, by=by)
    except (NotFound, WrongState):
        log.info("Measurement %s does not wait for a worker.", measurement_id)
        return
    try:
        with MeasurementHeartbeat(measurement, by=by) as heartbeat:
            counts = _counts(measurement, heartbeat, by)
            finish_measurement(measurement.pk, attempt=measurement.attempt, counts=counts, by=by)
    except MeasurementLost:
        log.info("Measurement %s was cancelled or taken over.", measurement_id)
    except DATABASE_AWAY:
        # The database went away: the lease runs out, and the measurement is taken up again.
        raise
    except Exception as error:
        _fail(measurement, error, by)


def _counts(measurement: Measurement, heartbeat: MeasurementHeartbeat, by: Actor) -> dict[str, Any]:
    """Count; what is wrong with the buyer's rows is found before anything is paid for."""
    with work_folder() as folder:
        own = [decrypt_into(one, folder) for one in (measurement.hold_out, measurement.own_rows)]

        def counted(begin: float, end: float, *rows_on_offer: Path) -> dict[str, Any]:
            return measure_in_child(
                [*own, *rows_on_offer],
                measurement.declared,
                measurement.offered,
                folder,
                limits=Limits(
                    most_seconds=MOST_SECONDS, most_bytes=settings.CENTRE["TRAINING_BYTES"]
                ),
                must_be_isolated=settings.CENTRE["ISOLATED_READERS"],
                tell=lambda share, _step: heartbeat.report(begin + share * (end - begin)),
            )

        alone = counted(0, ALONE)
        charge_measurement(
            measurement.pk, attempt=measurement.attempt, held_out=alone["held_out"], by=by
        )
        return counted(ALONE, 1, decrypt_into(measurement.version.file, folder))


def _fail(measurement: Measurement, error: Exception, by: Actor) -> None:
    parameters: dict[str, Parameter] = {}
    if isinstance(error, TrainingError):
        code, parameters = error.code, error.parameters
    else:
        code = failure_code(error, MEASUREMENT_SENTENCES, refused="offer-not-standing")
    if code == "unexpected":
        log.exception("Measurement %s failed.", measurement.pk, exc_info=error)
    try:
        fail_measurement(
            measurement.pk,
            attempt=measurement.attempt,
            error=code,
            parameters=parameters,
            by=by,
        )
    except (NotFound, WrongState):
        log.info("Measurement %s ended or was taken over.", measurement.pk)
