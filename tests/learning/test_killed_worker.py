"""`kill -9` of a worker in the middle of a training run, with a real Celery over a real Valkey."""

from __future__ import annotations

from datetime import timedelta

import pytest

from marketplace.core import clock
from marketplace.jobs.services import reclaim_jobs
from marketplace.learning.model.models import TrainedModel
from marketplace.learning.run.choices import TrainingStep
from marketplace.learning.run.models import TrainingRun
from marketplace.learning.run.services import cancel_training
from marketplace.learning.run.steps import TRAININGS
from marketplace.learning.tasks import execute_training
from marketplace.vault.models import Purpose, StoredFile
from marketplace.vault.places import work_root
from marketplace.vault.services import clear_abandoned_work_folders
from tests.given import learning as given
from tests.given.learning import SYSTEM
from tests.given.world import World
from tests.plugins.broker import ProcessHandle
from tests.preparation.test_killed_worker import until

IN_THE_MIDDLE = {TrainingStep.READ, TrainingStep.FIT, TrainingStep.SCORE, TrainingStep.ATTACK}


@pytest.fixture
def training(celery_worker_process: ProcessHandle) -> TrainingRun:
    """Return a training run that waits for the worker."""
    return given.declared(World(), candidates=6)


def in_the_middle(run: TrainingRun) -> bool:
    """Return whether the worker is at it."""
    run.refresh_from_db()
    assert not run.is_final, (run.state, run.error_code)
    return run.step in IN_THE_MIDDLE


def ended(run: TrainingRun) -> bool:
    """Return whether the training run has ended."""
    run.refresh_from_db()
    return run.is_final


@pytest.mark.drawn(2, of="processes killed, cut off or raced")
def test_training_of_a_killed_worker_is_taken_up_again(
    training: TrainingRun, celery_worker_process: ProcessHandle
) -> None:
    """Its child ends with it; nothing of the model is kept before the second worker has it all."""
    worker = celery_worker_process
    execute_training.delay(str(training.pk))
    until(lambda: in_the_middle(training), worker)
    worker.kill()
    training.refresh_from_db()
    assert (training.state, training.attempt) == ("running", 1)
    assert training.lease_until is not None
    assert clear_abandoned_work_folders() == 1
    assert not any(path.is_dir() for path in work_root().iterdir())
    assert_nothing_is_kept()
    with clock.stopped_at(training.lease_until + timedelta(seconds=1)):
        assert reclaim_jobs(queue=TRAININGS, by=SYSTEM) == [training.pk]
    worker.restart()
    execute_training.delay(str(training.pk))
    until(lambda: ended(training), worker)
    assert (training.state, training.attempt) == ("done", 2), worker.output()
    assert TrainedModel.objects.get().run == training
    assert StoredFile.objects.filter(purpose=Purpose.MODEL).count() == 1


@pytest.mark.drawn(2, of="processes killed, cut off or raced")
def test_cancelled_training_stops_its_worker(
    training: TrainingRun, celery_worker_process: ProcessHandle
) -> None:
    worker = celery_worker_process
    execute_training.delay(str(training.pk))
    until(lambda: in_the_middle(training), worker)
    cancel_training(training.pk, by=World().actor("officer"))
    until(lambda: not any(path.is_dir() for path in work_root().iterdir()), worker)
    training.refresh_from_db()
    assert training.state == "cancelled"
    assert_nothing_is_kept()


def assert_nothing_is_kept() -> None:
    """No model, and no file of one."""
    assert not TrainedModel.objects.exists()
    assert not StoredFile.objects.filter(purpose=Purpose.MODEL).exists()
