"""Register, describe, open and retire datasets."""

from dataclasses import asdict
from typing import Annotated
from uuid import UUID

from django.db import IntegrityError, transaction

from marketplace.catalog.dataset import descriptions, rules
from marketplace.catalog.dataset.descriptions import DatasetDescription
from marketplace.catalog.dataset.events import (
    DatasetRegistered,
    DatasetRetired,
    DatasetRevised,
)
from marketplace.catalog.dataset.models import Dataset
from marketplace.catalog.dataset.reopening import concerns, open_again
from marketplace.catalog.dataset.selectors import datasets_visible_to
from marketplace.catalog.dataset.states import DATASET, DatasetState
from marketplace.core import Actor, locked
from marketplace.core.arguments import reason_of
from marketplace.ledger.services.recording import record

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
        Invalid: the description breaks a rule; each field has its sentence.
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
