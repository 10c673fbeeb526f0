"""Every queue of long work, and the task that does a job of it."""

from collections.abc import Mapping
from typing import Any

from celery import Task

from marketplace.catalog.source.steps import DRAWINGS
from marketplace.catalog.tasks import execute_drawing
from marketplace.jobs.queues import Queue
from marketplace.learning.measurement.steps import MEASUREMENTS
from marketplace.learning.run.steps import TRAININGS
from marketplace.learning.tasks import execute_measurement, execute_training
from marketplace.preparation.run.steps import RUNS
from marketplace.preparation.tasks import execute_run

QUEUES: "Mapping[Queue[Any], Task[..., Any]]" = {
    RUNS: execute_run,
    DRAWINGS: execute_drawing,
    TRAININGS: execute_training,
    MEASUREMENTS: execute_measurement,
}
