"""The task of a training run: one call."""

from __future__ import annotations

from uuid import UUID

from celery import shared_task

from marketplace.learning.run import execution


@shared_task(name="learning.execute_training", acks_late=True, ignore_result=True)
def execute_training(run_id: str) -> None:
    """Do a training run that waits; any other is left alone, so the task may come twice."""
    execution.execute_training(UUID(run_id))
