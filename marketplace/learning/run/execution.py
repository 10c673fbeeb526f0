"""Do a training run: decrypt, train in a child that is closed off, keep the model.

Outside any transaction: only taking a run, saying how far it is and keeping its model are acts of
their own. Whatever is killed in between leaves a run whose lease runs out, and no model.
"""

import logging
from pathlib import Path
from uuid import UUID

from django.conf import settings

from marketplace.core import Actor, Door, NotFound, WrongState
from marketplace.core.faults import DATABASE_AWAY
from marketplace.learning.adapters import RUN_SENTENCES
from marketplace.learning.run.heartbeat import TrainingHeartbeat, TrainingLost
from marketplace.learning.run.models import TrainingRun
from marketplace.learning.run.services import fail_training, finish_training, take_training
from marketplace.learning.training.errors import Parameter, TrainingError
from marketplace.learning.training.supervision import FormerFile, Limits, train_in_child
from marketplace.vault.failures import failure_code
from marketplace.vault.services import decrypt_into, work_folder

log = logging.getLogger(__name__)

MODEL = "model.onnx"


def execute_training(run_id: UUID) -> None:
    """Take a training run that waits and do it; one that does not wait is left alone."""
    by = Actor.system(Door.TASK)
    try:
        run = take_training(run_id, by=by)
    except (NotFound, WrongState):
        log.info("Training run %s does not wait for a worker.", run_id)
        return
    try:
        with TrainingHeartbeat(run, by=by) as heartbeat, work_folder() as folder:
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
    except TrainingLost:
        log.info("Training run %s was cancelled or taken over.", run_id)
    except DATABASE_AWAY:
        # The database went away: the lease runs out, and the run is taken up again.
        raise
    except Exception as error:
        _fail(run, error, by)


def _former(run: TrainingRun, folder: Path) -> FormerFile | None:
    """Return the model that is trained again, decrypted into a work folder."""
    if run.replaces is None:
        return None
    return FormerFile(decrypt_into(run.replaces.file, folder), run.replaces.card["shards"])


def _fail(run: TrainingRun, error: Exception, by: Actor) -> None:
    parameters: dict[str, Parameter] = {}
    if isinstance(error, TrainingError):
        code, parameters = error.code, error.parameters
    else:
        code = failure_code(error, RUN_SENTENCES)
    if code == "unexpected":
        log.exception("Training run %s failed.", run.pk, exc_info=error)
    try:
        fail_training(run.pk, attempt=run.attempt, error=code, parameters=parameters, by=by)
    except (NotFound, WrongState):
        log.info("Training run %s was cancelled or taken over.", run.pk)
