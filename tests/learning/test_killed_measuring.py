"""A worker that dies in the middle of a measurement, and one whose measurement is cancelled."""

from __future__ import annotations

from datetime import timedelta

import pytest

from marketplace.core import clock
from marketplace.jobs.services import reclaim_jobs
from marketplace.learning.measurement.models import Measurement
from marketplace.learning.measurement.services import cancel_measurement
from marketplace.learning.measurement.steps import MEASUREMENTS
from marketplace.learning.tasks import execute_measurement
from marketplace.preparation.budget.models import BudgetCharge
from marketplace.vault.models import StoredFile
from marketplace.vault.places import work_root
from marketplace.vault.services import clear_abandoned_work_folders
from tests.given import measuring as given
from tests.given.measuring import SYSTEM
from tests.given.world import World
from tests.plugins.broker import ProcessHandle
from tests.preparation.test_killed_worker import until


def in_the_middle(measurement: Measurement) -> bool:
    """Return whether the worker has paid for it and is at it."""
    measurement.refresh_from_db()
    assert not measurement.is_final, (measurement.state, measurement.error_code)
    return measurement.state == "running" and measurement.progress > 0


@pytest.mark.drawn(2, of="processes killed, cut off or raced")
def test_a_killed_worker_is_followed_and_a_cancelled_one_stops(
    celery_worker_process: ProcessHandle,
) -> None:
    """No row of the buyer is left behind by either, and what was paid is paid once."""
    worker = celery_worker_process
    measurement = given.requested(World(), family="boosting")
    execute_measurement.delay(str(measurement.pk))
    until(lambda: in_the_middle(measurement), worker)
    worker.kill()
    measurement.refresh_from_db()
    assert (measurement.state, measurement.attempt) == ("running", 1)
    assert measurement.lease_until is not None
    assert clear_abandoned_work_folders() == 1
    with clock.stopped_at(measurement.lease_until + timedelta(seconds=1)):
        assert reclaim_jobs(queue=MEASUREMENTS, by=SYSTEM) == [measurement.pk]
    worker.restart()
    execute_measurement.delay(str(measurement.pk))
    until(lambda: in_the_middle(measurement), worker)
    cancel_measurement(measurement.pk, by=World().actor("buyer"))
    assert not StoredFile.objects.filter(purpose="measuring", removed_at=None).exists()
    until(lambda: not any(path.is_dir() for path in work_root().iterdir()), worker)
    measurement.refresh_from_db()
    assert (measurement.state, measurement.attempt) == ("cancelled", 2)
    assert (measurement.result, measurement.credential) == (None, None)
    assert BudgetCharge.objects.filter(use="measuring").count() <= 1
