"""Explain the columns of versions, and destroy raw data."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from marketplace.catalog.dataset.events import DatasetGraded
from marketplace.catalog.dataset.grading import grade_of
from marketplace.catalog.dataset.models import Dataset
from marketplace.catalog.dataset.reopening import concerns
from marketplace.catalog.dataset.selectors import datasets_visible_to, impacts_of
from marketplace.catalog.version.annotations import SAID, ColumnAnnotation, checked
from marketplace.catalog.version.events import (
    ColumnsAnnotated,
    RawDataDestroyed,
)
from marketplace.catalog.version.models import Column, DatasetVersion
from marketplace.catalog.version.rules import (
    check_annotate_columns,
    check_destroy_raw,
    check_destroys,
)
from marketplace.catalog.version.selectors import (
    column_impacts,
    columns_of,
    versions_visible_to,
)
from marketplace.core import Actor, clock, locked, visible
from marketplace.core.versions import compare_expected
from marketplace.ledger.services.recording import record
from marketplace.vault.services import (
    remove_stored,
)


@transaction.atomic
def annotate_columns(
    version_id: UUID, *, columns: Sequence[ColumnAnnotation], by: Actor
) -> DatasetVersion:
    """Say what columns of the newest source version mean. The same again changes nothing.

    Columns that are not named keep what was said of them. A graded dataset follows the grades of
    its columns: the highest wins.

    Raises:
        NotFound: there is no such version among those the actor may see.
        NotAllowed: the actor is no officer of its organization.
        WrongState: the dataset is under review, approved or retired, newer data came, or it is a
            model that was approved once (`columns-approved`).
        Invalid: a column does not exist, or a text breaks a rule; `fields` has the columns' names.
    """
    version = visible(versions_visible_to(by), pk=version_id)
    dataset = version.dataset = locked(datasets_visible_to(by), pk=version.dataset_id)
    compare_expected(version)
    check_annotate_columns(version, by)
    there = {column.name: column for column in columns_of(version)}
    changed = []
    for annotation in checked(columns, list(there)):
        column = there[annotation.name]
        texts = {name: getattr(annotation, name) for name in SAID}
        if any(getattr(column, name) != text for name, text in texts.items()):
            for name, text in texts.items():
                setattr(column, name, text)
            changed.append(column)
    if changed:
        Column.objects.bulk_update(changed, SAID)
        record(
            ColumnsAnnotated(
                subject=f"version:{version.pk}",
                about=(f"dataset:{dataset.pk}", *concerns(dataset)),
                columns=len(changed),
            ),
            by=by,
        )
        _follow_columns(dataset, by=by)
    return version


# Keep the grade of a dataset at least as high as that of each column; parts of acts.


def _follow_columns(dataset: Dataset, *, by: Actor) -> None:
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


@transaction.atomic
def destroy_raw(version_id: UUID, *, by: Actor) -> DatasetVersion:
    """Destroy the key of a source version, and its bytes after commit; what is known of it stays.

    Called by the act that knows whether a run still reads them. Doing it again changes nothing.

    Raises:
        NotFound: there is no such version among those the actor may see.
        NotAllowed: the actor is neither an officer of its organization nor the centre's software.
        WrongState: the version is masked, or its content is under review.
    """
    version = visible(versions_visible_to(by), pk=version_id)
    dataset = locked(datasets_visible_to(by), pk=version.dataset_id)
    version = locked(versions_visible_to(by), pk=version_id)
    version.dataset = dataset
    check_destroys(version, by)
    if version.raw_destroyed_at is not None:
        return version
    check_destroy_raw(version, by)
    assert version.raw_until is not None, "Source data has a day on which it is destroyed."
    remove_stored(version.file_id, by=by)
    version.raw_destroyed_at = clock.now()
    version.save(update_fields=["raw_destroyed_at"])
    record(
        RawDataDestroyed(
            subject=f"version:{version.pk}",
            about=(f"dataset:{dataset.pk}", *concerns(dataset)),
            sha256=version.sha256,
            early=clock.today() < version.raw_until,
        ),
        by=by,
    )
    return version
