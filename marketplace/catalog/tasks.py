"""The task of a drawing: one call."""

from __future__ import annotations

from uuid import UUID

from celery import shared_task

from marketplace.catalog.source import execution


@shared_task(name="catalog.execute_drawing", acks_late=True, ignore_result=True)
def execute_drawing(drawing_id: str) -> None:
    """Do a drawing that waits; any other is left alone, so the task may come twice."""
    execution.execute_drawing(UUID(drawing_id))
