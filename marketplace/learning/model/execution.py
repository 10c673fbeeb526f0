"""Do a training run: decrypt, train in a child that is closed off, keep the model."""

from pathlib import Path
from uuid import UUID

from django.conf import settings

from marketplace.core import Actor
from marketplace.jobs.execution import Reasons, execute_job
from marketplace.jobs.heartbeat import Heartbeat
from marketplace.learning.adapters import RUN_SENTENCES
from marketplace.learning.model.services import finish_training
from marketplace.learning.run.models import TrainingRun
from marketplace.learning.run.steps import TRAININGS
from marketplace.learning.training.errors import TrainingError
from marketplace.learning.training.supervision import FormerFile, Limits, train_in_child
from marketplace.vault.services import decrypt_into

MODEL = "model.onnx"


REASONS = Reasons((TrainingError,), RUN_SENTENCES)


def execute_training(run_id: UUID) -> None:
    """Do a training run that waits; any other is left alone."""
    execute_job(run_id, queue=TRAININGS, work=_train, reasons=REASONS)


def _train(run: TrainingRun, folder: Path, heartbeat: Heartbeat, by: Actor) -> None:
    source, target = decrypt_into(run.version.file, folder), folder / MODEL
    report = train_in_child(
        [source],
        run.declared,
        target,
        former=_former(run, folder),
        limits=Limits(
            most_seconds=settings.CENTRE["TRAINING_SECONDS"],
            most_bytes=settings.CENTRE["TRAINING_BYTES"],
        ),
        must_be_isolated=settings.CENTRE["ISOLATED_READERS"],
        tell=heartbeat.report,
    )
    finish_training(run.pk, attempt=run.attempt, path=target, report=report, by=by)


def _former(run: TrainingRun, folder: Path) -> FormerFile | None:
    """Return the model that is trained again, decrypted into a work folder."""
    if run.replaces is None:
        return None
    return FormerFile(decrypt_into(run.replaces.file, folder), run.replaces.card["shards"])
