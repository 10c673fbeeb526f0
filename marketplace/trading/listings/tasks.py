from uuid import UUID

from celery import shared_task

from marketplace.trading.listings.revision import execution


@shared_task(name="listings.compare_revision", acks_late=True, ignore_result=True)
def compare_revision(revision_id: str) -> None:
    """Compare a revision that was not compared yet, so the task may come twice."""
    execution.compare_revision(UUID(revision_id))
