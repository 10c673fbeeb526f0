"""Take a person's rows out of all versions to come, and let them in again."""

from collections.abc import Collection
from uuid import UUID

from django.db import transaction

from marketplace.catalog.dataset.models import Dataset
from marketplace.catalog.dataset.selectors import datasets_visible_to
from marketplace.core import Actor, locked
from marketplace.jobs.rules import check_works
from marketplace.ledger.services.recording import record
from marketplace.preparation.exclusion.events import PersonAdmitted, PersonExcluded
from marketplace.preparation.exclusion.excluding import codes_of
from marketplace.preparation.exclusion.models import Exclusion
from marketplace.preparation.policy.services import ensure_dataset_key


@transaction.atomic
def code_person(dataset_id: UUID, *, identifiers: Collection[str], by: Actor) -> list[str]:
    """Return the codes of what identifies a person in a dataset, which gets its key now.

    Called by the act that takes what a person asks.

    Raises:
        NotFound: there is no such dataset.
        NotAllowed: the actor is not the centre's software.
    """
    check_works(by)
    dataset = locked(datasets_visible_to(by), pk=dataset_id)
    ensure_dataset_key(dataset)
    return codes_of(dataset, identifiers)


@transaction.atomic
def exclude_person(dataset_id: UUID, *, codes: Collection[str], cause: str, by: Actor) -> None:
    """Have rows with these codes left out of every version from now on, for `cause`.

    A run that is under way and has read them is not kept. Called by the acts that have seen who
    the person is, in their transaction. Excluding them again changes nothing.

    Raises:
        NotFound: there is no such dataset.
    """
    dataset = locked(datasets_visible_to(by), pk=dataset_id)
    known = set(
        Exclusion.objects.filter(dataset=dataset, cause=cause).values_list("code", flat=True)
    )
    new = [code for code in codes if code not in known]
    if not new:
        return
    Exclusion.objects.bulk_create(
        Exclusion(dataset=dataset, code=code, cause=cause) for code in new
    )
    record(PersonExcluded(subject=f"dataset:{dataset.pk}", about=_about(dataset, cause)), by=by)


@transaction.atomic
def admit_person(dataset_id: UUID, *, cause: str, by: Actor) -> None:
    """Leave a person's rows in again, where what asked for their exclusion came to nothing.

    Called by the act that refuses it, in its transaction.

    Raises:
        NotFound: there is no such dataset.
    """
    dataset = locked(datasets_visible_to(by), pk=dataset_id)
    rows = Exclusion.objects.filter(dataset=dataset, cause=cause)
    if rows.exists():
        rows.delete()
        record(PersonAdmitted(subject=f"dataset:{dataset.pk}", about=_about(dataset, cause)), by=by)


def _about(dataset: Dataset, cause: str) -> tuple[str, ...]:
    return (cause, f"organization:{dataset.organization_id}")
