"""Submit a dataset for content review, approve it, return it."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from marketplace.catalog import rules
from marketplace.catalog.editing import concerns
from marketplace.catalog.events import DatasetApproved, DatasetReturned, DatasetSubmitted
from marketplace.catalog.models import Dataset
from marketplace.catalog.selectors import datasets_visible_to, latest_source_version
from marketplace.catalog.states import DATASET, DatasetState
from marketplace.core.actor import Actor
from marketplace.core.locking import locked
from marketplace.ledger.services.recording import record
from marketplace.review.models import CaseKind
from marketplace.review.services import decide, open_case
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
    dataset = locked(datasets_visible_to(by), pk=dataset_id)
    rules.check_submit_dataset(dataset, by)
    DATASET.move(dataset, DatasetState.IN_REVIEW)
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
    rules.check_decide_dataset(dataset, by)
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
    rules.check_decide_dataset(dataset, by)
    _decide(dataset, CaseState.RETURNED, reason=reason, by=by)
    DATASET.move(dataset, DatasetState.RETURNED)
    dataset.reason = reason.strip()
    dataset.save(update_fields=["state", "reason"])
    record(DatasetReturned(subject=f"dataset:{dataset.pk}", about=concerns(dataset)), by=by)
    return dataset


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
