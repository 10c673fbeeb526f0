"""Do the work of a run: decrypt, compute, keep the result."""

from pathlib import Path
from uuid import UUID

from desensitize.errors import DesensitizeError
from marketplace.core import Actor
from marketplace.jobs.execution import Reasons, execute_job
from marketplace.jobs.heartbeat import Heartbeat
from marketplace.preparation.adapters import RUN_SENTENCES
from marketplace.preparation.masking.making import mask_version
from marketplace.preparation.profile.profiling import profile_version
from marketplace.preparation.release.composing import compose
from marketplace.preparation.release.copying import write_copy
from marketplace.preparation.run.models import STUDIES, Run, RunKind
from marketplace.preparation.run.steps import RUNS
from marketplace.preparation.study.answering import study

REASONS = Reasons((DesensitizeError,), RUN_SENTENCES)


def execute_run(run_id: UUID) -> None:
    """Do a run that waits; any other is left alone."""
    execute_job(run_id, queue=RUNS, work=_work, reasons=REASONS)


def _work(run: Run, folder: Path, heartbeat: Heartbeat, by: Actor) -> None:
    if run.kind == RunKind.PROFILE:
        profile_version(run, folder, heartbeat, by)
    elif run.kind in STUDIES:
        study(run, folder, heartbeat, by)
    elif run.kind == RunKind.COPY:
        write_copy(run, folder, heartbeat, by)
    elif run.kind == RunKind.COMPOSE:
        compose(run, folder, heartbeat, by)
    else:
        mask_version(run, folder, heartbeat, by)
