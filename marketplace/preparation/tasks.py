from uuid import UUID

from celery import shared_task

from marketplace.preparation import execution


@shared_task(name="preparation.execute_run", acks_late=True, ignore_result=True)
def execute_run(run_id: str) -> None:
    """Do a run that waits; any other is left alone, so the task may come twice."""
    execution.execute_run(UUID(run_id))
