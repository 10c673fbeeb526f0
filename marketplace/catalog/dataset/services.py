"""Register, describe, grade and retire datasets, and have their content reviewed."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Annotated
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from marketplace.catalog.dataset import descriptions, rules
from marketplace.catalog.dataset.descriptions import DatasetDescription
from marketplace.catalog.dataset.events import (
    DatasetApproved,
    DatasetGraded,
    DatasetRegistered,
    DatasetRetired,
    DatasetReturned,
    DatasetRevised,
    DatasetSubmitted,
)
from marketplace.catalog.dataset.grading import Impact, NegativeItem, grade_of
from marketplace.catalog.dataset.models import ApprovedContent, Dataset
from marketplace.catalog.dataset.reopening import concerns, open_again
from marketplace.catalog.dataset.selectors import datasets_visible_to
from marketplace.catalog.dataset.states import DATASET, DatasetState
from marketplace.catalog.feed.changes import let_in
from marketplace.catalog.feed.form import form_digest, form_to_review
from marketplace.catalog.quality.changes import follow_approval
from marketplace.catalog.quality.selectors import rules_in_force
from marketplace.catalog.version.models import DatasetVersion
from marketplace.catalog.version.selectors import column_impacts, latest_reviewed_version
from marketplace.core import Actor, Invalid, locked
from marketplace.core.arguments import reason_of
from marketplace.ledger.services.recording import record
from marketplace.review.models import Case, CaseKind
from marketplace.review.services import decide, open_case
from marketplace.review.states import CaseState

WHY = reason_of(Dataset)

LONGEST_KEY = 64


@transaction.atomic
def register_dataset(
    *, description: DatasetDescription, request_key: str = "", by: Actor
) -> Dataset:
    """Register data that the actor's organization holds; it begins as a draft.

    The same request key again answers the same dataset: a form that is sent twice registers once.

    Raises:
        NotAllowed: the actor is no officer of a verified organization.
        Invalid: the description breaks a rule; each field has its sentence.
    """
    rules.check_register_dataset(by)
    assert by.organization_id is not None, "An officer belongs to an organization."
    description = descriptions.checked(description)
    try:
        with transaction.atomic():
            dataset = Dataset.objects.create(
                organization_id=by.organization_id,
                request_key=request_key[:LONGEST_KEY],
                **asdict(description),
            )
    except IntegrityError:
        return Dataset.objects.get(
            organization_id=by.organization_id, request_key=request_key[:LONGEST_KEY]
        )
    record(DatasetRegistered(subject=f"dataset:{dataset.pk}", about=concerns(dataset)), by=by)
    return dataset


@transaction.atomic
def revise_dataset(dataset_id: UUID, *, description: DatasetDescription, by: Actor) -> Dataset:
    """Change the description of a dataset. The same description again changes nothing.

    Raises:
        NotFound: there is no such dataset among those the actor may see.
        NotAllowed: the actor is no officer of its organization.
        WrongState: the dataset is under review, approved or retired.
        Invalid: as for `register_dataset`.
    """
    dataset = locked(datasets_visible_to(by), pk=dataset_id)
    rules.check_change_dataset(dataset, by)
    texts = asdict(descriptions.checked(description))
    changed = [name for name, text in texts.items() if getattr(dataset, name) != text]
    if changed:
        for name in changed:
            setattr(dataset, name, texts[name])
        dataset.save(update_fields=changed)
        record(DatasetRevised(subject=f"dataset:{dataset.pk}", about=concerns(dataset)), by=by)
    return dataset


@transaction.atomic
def grade_dataset(
    dataset_id: UUID, *, impacts: Sequence[Impact], negative_list: Sequence[str], by: Actor
) -> Dataset:
    """Grade a dataset by the harm that its misuse could do. The same again changes nothing.

    The highest of these impacts and those of its columns wins.

    Raises:
        NotFound, NotAllowed, WrongState: as for `revise_dataset`.
        Invalid: an object of harm is named twice, or the negative list has no such item.
    """
    dataset = locked(datasets_visible_to(by), pk=dataset_id)
    rules.check_change_dataset(dataset, by)
    if len({impact.object for impact in impacts}) != len(impacts):
        sentence = _("Name each object of harm once, with the worst degree.")
        raise Invalid(sentence, fields={"impacts": [sentence]})
    if not set(negative_list) <= set(NegativeItem.values):
        sentence = _("Choose items that are on the negative list.")
        raise Invalid(sentence, fields={"negative_list": [sentence]})
    grade = grade_of([*impacts, *column_impacts(dataset)])
    harm = [
        {"object": impact.object.value, "degree": impact.degree.value}
        for impact in sorted(impacts, key=lambda impact: impact.object)
    ]
    items = sorted(set(negative_list))
    if (dataset.grade, dataset.impacts, dataset.negative_list) == (grade, harm, items):
        return dataset
    dataset.grade, dataset.impacts, dataset.negative_list = grade, harm, items
    dataset.save(update_fields=["grade", "impacts", "negative_list"])
    record(
        DatasetGraded(
            subject=f"dataset:{dataset.pk}",
            about=concerns(dataset),
            grade=grade,
            negative_list=tuple(items),
        ),
        by=by,
    )
    return dataset


@transaction.atomic
def reopen_dataset(dataset_id: UUID, *, by: Actor) -> Dataset:
    """Open an approved dataset for changes; it needs content review again.

    Raises:
        NotFound, NotAllowed: as for `revise_dataset`.
        WrongState: the dataset is not approved.
    """
    dataset = locked(datasets_visible_to(by), pk=dataset_id)
    rules.check_reopen_dataset(dataset, by)
    open_again(dataset, by=by)
    return dataset


@transaction.atomic
def retire_dataset(dataset_id: UUID, *, reason: Annotated[str, WHY], by: Actor) -> Dataset:
    """Take a dataset out of use for good; what was recorded stays.

    Raises:
        NotFound, NotAllowed: as for `revise_dataset`.
        WrongState: the dataset is under review or retired already.
        Invalid: there is no reason.
    """
    dataset = locked(datasets_visible_to(by), pk=dataset_id)
    rules.check_retire_dataset(dataset, by)
    DATASET.move(dataset, DatasetState.RETIRED)
    dataset.reason = WHY.given(reason)
    dataset.save(update_fields=["state", "reason"])
    record(DatasetRetired(subject=f"dataset:{dataset.pk}", about=concerns(dataset)), by=by)
    return dataset


# Submit a dataset for content review, approve it, return it.


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
    rules.check_submit_dataset(dataset, by)
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
def approve_dataset(dataset_id: UUID, *, checklist: Sequence[str], by: Actor) -> Dataset:
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
    rules.check_decide_dataset(dataset, by)
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
    rules.check_decide_dataset(dataset, by)
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
