from uuid import UUID

from celery import shared_task

from marketplace.annotation.quality import execution


@shared_task(name="annotation.compare_labels", acks_late=True, ignore_result=True)
def compare_labels(project_id: str) -> None:
    """Compare labels that were not compared yet, so the task may come twice."""
    execution.compare_labels(UUID(project_id))
