"""Do a job: take it, do its work under a lease, and say why where it cannot be done.

Outside any transaction: only taking a job, saying how far it is and keeping its result are acts of
their own. Whatever is killed in between leaves a job whose lease runs out, and no result.
"""

import logging
from collections.abc import Callable, Container
from dataclasses import dataclass
from pathlib import Path
from traceback import format_tb
from typing import Any
from uuid import UUID

from marketplace.core import Actor, Door, NotFound, WrongState
from marketplace.core.faults import DATABASE_AWAY
from marketplace.jobs.heartbeat import Heartbeat, LeaseLost
from marketplace.jobs.queues import J, Queue
from marketplace.jobs.services import fail_job, take_job
from marketplace.jobs.steps import Parameters
from marketplace.vault.failures import failure_code
from marketplace.vault.services import work_folder

log = logging.getLogger(__name__)

Work = Callable[[J, Path, Heartbeat, Actor], None]
"""Do a job in a work folder, and keep its result."""


@dataclass(frozen=True)
class Reasons:
    """By which codes a failed job says why.

    `told` are errors with a code and parameters of their own, `sentences` the codes of refusals
    that have one; of any other refusal it says `refused`.
    """

    told: tuple[type[Any], ...]
    sentences: Container[str]
    refused: str = "unexpected"

    def of(self, error: Exception) -> tuple[str, Parameters]:
        if isinstance(error, self.told):
            return error.code, error.parameters
        return failure_code(error, self.sentences, refused=self.refused), {}


def execute_job(job_id: UUID, *, queue: Queue[J], work: Work[J], reasons: Reasons) -> None:
    """Do a job that waits; one that does not wait is left alone, so its task may come twice."""
    by = Actor.system(Door.TASK)
    try:
        job = take_job(job_id, queue=queue, by=by)
    except (NotFound, WrongState):
        log.info("The %s %s does not wait for a worker.", queue.name, job_id)
        return
    try:
        with Heartbeat(job, queue=queue, by=by) as heartbeat, work_folder() as folder:
            work(job, folder, heartbeat, by)
    except LeaseLost:
        log.info("The %s %s was cancelled or taken over.", queue.name, job_id)
    except DATABASE_AWAY:
        # The centre's own database went away: the lease runs out, and the job is taken up again.
        raise
    except Exception as error:
        _fail(job, error, queue, reasons, by)


def _fail(job: J, error: Exception, queue: Queue[J], reasons: Reasons, by: Actor) -> None:
    code, parameters = reasons.of(error)
    if code == "unexpected":
        # Where and what it was, without its words: they may hold a cell of the data.
        place = "".join(format_tb(error.__traceback__))
        log.error("The %s %s failed: %s.\n%s", queue.name, job.pk, type(error).__name__, place)
    try:
        fail_job(job.pk, attempt=job.attempt, error=code, parameters=parameters, queue=queue, by=by)
    except (NotFound, WrongState):
        log.info("The %s %s was cancelled or taken over.", queue.name, job.pk)
