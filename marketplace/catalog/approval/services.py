"""Submit a dataset for content review, approve it, return it."""

from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy

from marketplace.catalog.approval.rules import check_decide_dataset, check_submit_dataset
from marketplace.catalog.dataset.events import DatasetApproved, DatasetReturned, DatasetSubmitted
from marketplace.catalog.dataset.models import ApprovedContent, Dataset
from marketplace.catalog.dataset.reopening import concerns, open_again
from marketplace.catalog.dataset.selectors import datasets_visible_to
from marketplace.catalog.dataset.services import WHY
from marketplace.catalog.dataset.states import DATASET, DatasetState
from marketplace.catalog.feed.changes import let_in
from marketplace.catalog.feed.form import form_digest, form_to_review
from marketplace.catalog.quality.changes import follow_approval
from marketplace.catalog.quality.selectors import rules_in_force
from marketplace.catalog.version.models import DatasetVersion
from marketplace.catalog.version.selectors import latest_reviewed_version
from marketplace.core import Actor, locked
from marketplace.core.arguments import Several
from marketplace.ledger.services.recording import record
from marketplace.review.checklists import CHECKLISTS
from marketplace.review.models import Case, CaseKind
from marketplace.review.services import decide, open_case
from marketplace.review.states import CaseState

Checklist = Annotated[
    Sequence[str],
    Several(label=gettext_lazy("Checklist"), choices=CHECKLISTS[CaseKind.CONTENT]),
]


@transaction.atomic
def submit_dataset(dataset_id: UUID, *, by: Actor) -> Dataset:
    """Submit a dataset for content review by a second person.

    One that is approved is opened for it, where nobody approved what its feed may bring by itself.

    Raises:
        NotFound: there is no such dataset among those the actor may see.
        NotAllowed: the actor is no officer of its organization.
        WrongState: it is under review, approved or retired.
        Invalid: data, labels or grade are missing; the code says which.
    """
    dataset = locked(datasets_visible_to(by), pk=dataset_id)
    check_submit_dataset(dataset, by)
    if dataset.is_approved:
        open_again(dataset, by=by)
    DATASET.move(dataset, DatasetState.IN_REVIEW)
    dataset.form = form_to_review(dataset)
    dataset.save(update_fields=["state", "form"])
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
def approve_dataset(dataset_id: UUID, *, checklist: Checklist = (), by: Actor) -> Dataset:
    """Approve the content of a dataset, by a second person; description and data are frozen then.

    What was approved is kept with the newest data: what is offered of it goes by that, whatever
    the dataset says later.

    Raises:
        NotFound: there is no such dataset among those the actor may see.
        NotAllowed: the actor is no reviewer, or submitted it.
        WrongState: it is not under review, or another reviewer was faster.
        Invalid: a point of the checklist is not ticked.
    """
    dataset = locked(datasets_visible_to(by), pk=dataset_id)
    check_decide_dataset(dataset, by)
    _decide(dataset, CaseState.APPROVED, checklist=checklist, by=by)
    DATASET.move(dataset, DatasetState.APPROVED)
    dataset.reason = ""
    dataset.save(update_fields=["state", "reason"])
    version = latest_reviewed_version(dataset)
    assert version is not None, "A dataset without data cannot be submitted."
    rules_before = rules_in_force(dataset)
    content = ApprovedContent.of(dataset)
    content.save()
    newest = DatasetVersion.objects.filter(Q(pk=version.pk) | Q(parent=version.pk))
    newest.update(content=content)
    let_in(version)
    record(
        DatasetApproved(
            subject=f"dataset:{dataset.pk}",
            about=(f"version:{version.pk}", *concerns(dataset)),
            version=str(version.pk),
            form_sha256=form_digest(content),
        ),
        by=by,
    )
    follow_approval(dataset, before=rules_before, by=by)
    return dataset


@transaction.atomic
def return_dataset(dataset_id: UUID, *, reason: Annotated[str, WHY], by: Actor) -> Dataset:
    """Return a dataset to its officers with what has to be corrected, by a second person.

    Raises:
        NotFound, NotAllowed, WrongState: as for `approve_dataset`.
        Invalid: there is no reason.
    """
    dataset = locked(datasets_visible_to(by), pk=dataset_id)
    check_decide_dataset(dataset, by)
    case = _decide(dataset, CaseState.RETURNED, reason=reason, by=by)
    DATASET.move(dataset, DatasetState.RETURNED)
    dataset.reason = case.reason
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
) -> Case:
    return decide(
        kind=CaseKind.CONTENT,
        subject=f"dataset:{dataset.pk}",
        decision=decision,
        reason=reason,
        checklist=checklist,
        about=concerns(dataset),
        by=by,
    )
