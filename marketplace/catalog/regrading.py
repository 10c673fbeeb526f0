"""Keep the grade of a dataset at least as high as that of each column; parts of acts."""

from __future__ import annotations

from marketplace.catalog.editing import concerns
from marketplace.catalog.events import DatasetGraded
from marketplace.catalog.grading import grade_of
from marketplace.catalog.models import Dataset
from marketplace.catalog.selectors import column_impacts, impacts_of
from marketplace.core.actor import Actor
from marketplace.ledger.services.recording import record


def follow_columns(dataset: Dataset, *, by: Actor) -> None:
    """Grade a locked dataset anew after its columns were; one that nobody graded stays so."""
    if not dataset.grade:
        return
    grade = grade_of([*impacts_of(dataset), *column_impacts(dataset)])
    if grade == dataset.grade:
        return
    dataset.grade = grade
    dataset.save(update_fields=["grade"])
    record(
        DatasetGraded(
            subject=f"dataset:{dataset.pk}",
            about=concerns(dataset),
            grade=grade,
            negative_list=tuple(dataset.negative_list),
        ),
        by=by,
    )
