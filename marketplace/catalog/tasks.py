from uuid import UUID

from celery import shared_task

from marketplace.catalog.drawing import execution
from marketplace.catalog.quality.execution import measure_version


@shared_task(name="catalog.execute_drawing", acks_late=True, ignore_result=True)
def execute_drawing(drawing_id: str) -> None:
    """Do a drawing that waits; any other is left alone, so the task may come twice."""
    execution.execute_drawing(UUID(drawing_id))


@shared_task(name="catalog.measure_quality", acks_late=True, ignore_result=True)
def measure_quality(version_id: str) -> None:
    """Ask a version the rules that were not asked of it yet, so the task may come twice."""
    measure_version(UUID(version_id))
