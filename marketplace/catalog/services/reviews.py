"""Submit a dataset for content review, approve it, return it."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from marketplace.catalog.editing import concerns, owned
from marketplace.catalog.events import DatasetApproved, DatasetReturned, DatasetSubmitted
from marketplace.catalog.models import Dataset
from marketplace.catalog.selectors import (
    columns_of,
    datasets_visible_to,
    latest_source_version,
)
from marketplace.catalog.states import DATASET, DatasetState
from marketplace.core.actor import Actor
from marketplace.core.errors import Invalid
from marketplace.core.locking import locked
from marketplace.ledger.services.recording import record
from marketplace.review.models import CaseKind
from marketplace.review.services.cases import decide, open_case
from marketplace.review.states import CaseState


@transaction.atomic
def submit_dataset(dataset_id: UUID, *, by: Actor) -> Dataset:
    """Submit a dataset for content review by a second person.

    Raises:
        NotFound: there is no such dataset among those the actor may see.
        NotAllowed: the actor is no officer of its organization.
        WrongState: it is under review, approved or retired.
        Invalid: data, labels or grade are missing; the code says which.
    """
    dataset = owned(dataset_id, by=by)
    DATASET.move(dataset, DatasetState.IN_REVIEW)
    faults = submission_faults(dataset)
    if faults:
        code, sentence = faults[0]
        raise Invalid(sentence, code=code, fields={"": [fault for _code, fault in faults]})
    dataset.save(update_fields=["state"])
    record(DatasetSubmitted(subject=f"dataset:{dataset.pk}", about=concerns(dataset)), by=by)
    open_case(
        kind=CaseKind.CONTENT,
        subject=f"dataset:{dataset.pk}",
        organization_id=dataset.organization_id,
        about=concerns(dataset),
        by=by,
    )
    return dataset


@transaction.atomic
def approve_dataset(dataset_id: UUID, *, checklist: Sequence[str], by: Actor) -> Dataset:
    """Approve the content of a dataset, by a second person; description and data are frozen then.

    Raises:
        NotFound: there is no such dataset among those the actor may see.
        NotAllowed: the actor is no reviewer, or submitted it.
        WrongState: it is not under review, or another reviewer was faster.
        Invalid: a point of the checklist is not ticked.
    """
    dataset = locked(datasets_visible_to(by), pk=dataset_id)
    _decide(dataset, CaseState.APPROVED, checklist=checklist, by=by)
    DATASET.move(dataset, DatasetState.APPROVED)
    dataset.reason = ""
    dataset.save(update_fields=["state", "reason"])
    version = latest_source_version(dataset)
    assert version is not None, "A dataset without data cannot be submitted."
    record(
        DatasetApproved(
            subject=f"dataset:{dataset.pk}",
            about=(f"version:{version.pk}", *concerns(dataset)),
            version=str(version.pk),
        ),
        by=by,
    )
    return dataset


@transaction.atomic
def return_dataset(dataset_id: UUID, *, reason: str, by: Actor) -> Dataset:
    """Return a dataset to its officers with what has to be corrected, by a second person.

    Raises:
        NotFound, NotAllowed, WrongState: as for `approve_dataset`.
        Invalid: there is no reason.
    """
    dataset = locked(datasets_visible_to(by), pk=dataset_id)
    _decide(dataset, CaseState.RETURNED, reason=reason, by=by)
    DATASET.move(dataset, DatasetState.RETURNED)
    dataset.reason = reason.strip()
    dataset.save(update_fields=["state", "reason"])
    record(DatasetReturned(subject=f"dataset:{dataset.pk}", about=concerns(dataset)), by=by)
    return dataset


def submission_faults(dataset: Dataset) -> list[tuple[str, str]]:
    """Answer what is missing before a dataset can be submitted: code and sentence, in order."""
    faults = []
    version = latest_source_version(dataset)
    if version is None:
        faults.append(("version-missing", _("Upload the data first.")))
    elif version.raw_destroyed_at is not None:
        faults.append(
            ("version-missing", _("The raw data was destroyed. Upload the data again first."))
        )
    else:
        unlabelled = columns_of(version).filter(label="").count()
        if unlabelled:
            faults.append(
                (
                    "columns-unlabelled",
                    _("Give each column a label: %(count)d have none yet.") % {"count": unlabelled},
                )
            )
    if not dataset.grade:
        faults.append(("grade-missing", _("Grade the data by the harm that misuse could do.")))
    return faults


def _decide(
    dataset: Dataset,
    decision: CaseState,
    *,
    reason: str = "",
    checklist: Sequence[str] = (),
    by: Actor,
) -> None:
    decide(
        kind=CaseKind.CONTENT,
        subject=f"dataset:{dataset.pk}",
        decision=decision,
        reason=reason,
        checklist=checklist,
        about=concerns(dataset),
        by=by,
    )
