"""Each kind of long work: a job that waits, how it is done, and what comes of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from marketplace.catalog.drawing.execution import execute_drawing
from marketplace.catalog.source.steps import DRAWINGS
from marketplace.catalog.version.models import DatasetVersion
from marketplace.core.actor import Actor, Door
from marketplace.credentials.models import Credential
from marketplace.jobs.models import Job
from marketplace.jobs.queues import Queue
from marketplace.learning.measurement.execution import execute_measurement
from marketplace.learning.measurement.steps import MEASUREMENTS
from marketplace.learning.model.execution import execute_training
from marketplace.learning.model.models import TrainedModel
from marketplace.learning.run.steps import TRAININGS
from marketplace.ledger.models import Entry
from marketplace.preparation.budget.models import BudgetCharge
from marketplace.preparation.execution import execute_run
from marketplace.preparation.report.models import RiskReport
from marketplace.preparation.run.steps import RUNS
from marketplace.vault.models import StoredFile
from tests.given import learning, measuring, preparation, sources
from tests.given.world import World

SYSTEM = Actor.system(Door.TASK)
BUYERS = ("buyer", "buyer", "second_buyer", "second_buyer")


def _profile(world: World, number: int) -> Job:
    return preparation.queued_profile(world, title=f"Table {number}")


def _drawing(world: World, number: int) -> Job:
    return sources.queued_drawing(world, of=sources.source(world, name=f"Registry {number}"))


def _training(world: World, number: int) -> Job:
    return learning.declared(world, seed=number)


def _measurement(world: World, number: int) -> Job:
    listing = measuring.measurable(world)
    return measuring.requested(world, listing=listing, seed=number, by=BUYERS[number])


def counted() -> Mapping[str, int]:
    """Count what no job may leave twice."""
    return {
        "versions": DatasetVersion.objects.count(),
        "files": StoredFile.objects.filter(removed_at=None).count(),
        "reports": RiskReport.objects.count(),
        "models": TrainedModel.objects.count(),
        "credentials": Credential.objects.count(),
        "charges": BudgetCharge.objects.count(),
    }


@dataclass(frozen=True)
class Kind:
    """A kind of long work, and how many of each thing come of one job."""

    queue: Queue[Any]
    waiting: Callable[[World, int], Job]
    execute: Callable[[UUID], None]
    result: str
    """The table in which a row is what must not be doubled."""
    made: Mapping[str, int]

    @property
    def table(self) -> str:
        """The table of its jobs."""
        return str(self.queue.rows(SYSTEM).model._meta.db_table)

    def facts_of(self, job: Job) -> list[str]:
        """Return what the ledger says of a job, in its order."""
        rows = Entry.objects.filter(subject=f"{self.queue.name}:{job.pk}").order_by("id")
        return list(rows.values_list("kind", flat=True))


KINDS = {
    "run": Kind(
        RUNS,
        _profile,
        execute_run,
        "vault_storedfile",
        # Beside the masked version, what it tells beyond the one before is kept.
        {"versions": 1, "files": 2, "reports": 1, "credentials": 1},
    ),
    "drawing": Kind(
        DRAWINGS,
        _drawing,
        execute_drawing,
        "vault_storedfile",
        {"versions": 1, "files": 1},
    ),
    "training": Kind(
        TRAININGS,
        _training,
        execute_training,
        "vault_storedfile",
        {"models": 1, "files": 1, "credentials": 1},
    ),
    "measurement": Kind(
        MEASUREMENTS,
        _measurement,
        execute_measurement,
        "preparation_budgetcharge",
        # The buyer's two files are destroyed.
        {"files": -2, "credentials": 1, "charges": 1},
    ),
}
