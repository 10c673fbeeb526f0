from uuid import UUID

from celery import shared_task

from marketplace.learning.measurement import execution as measuring
from marketplace.learning.model import execution


@shared_task(name="learning.execute_training", acks_late=True, ignore_result=True)
def execute_training(run_id: str) -> None:
    """Do a training run that waits; any other is left alone, so the task may come twice."""
    execution.execute_training(UUID(run_id))


@shared_task(name="learning.execute_measurement", acks_late=True, ignore_result=True)
def execute_measurement(measurement_id: str) -> None:
    """Do a measurement that waits; any other is left alone, so the task may come twice."""
    measuring.execute_measurement(UUID(measurement_id))
