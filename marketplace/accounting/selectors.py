"""Read costs, and what is booked."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from marketplace.accounting.models import CAPITALIZED, CostEntry, Impairment, Recognition
from marketplace.accounting.standards.profiles import Profile
from marketplace.accounting.standards.schedule import Booked, Loss
from marketplace.accounting.states import RecognitionState
from marketplace.accounts.policies import is_centre_staff
from marketplace.catalog.dataset.models import Dataset
from marketplace.core import Actor


def reversal_of(entry: CostEntry) -> CostEntry | None:
    return CostEntry.objects.filter(reverses=entry).first()


def costs_visible_to(by: Actor) -> QuerySet[CostEntry]:
    """Return every cost to the centre's staff, else those of the actor's organization."""
    rows = CostEntry.objects.select_related("dataset", "organization", "reversed_by")
    if is_centre_staff(by):
        return rows
    return rows.filter(organization_id=by.organization_id) if by.organization_id else rows.none()


@dataclass(frozen=True)
class Totals:
    """What of a dataset's cost may be capitalized and what is expensed, reversals taken off."""

    capitalized: Decimal
    expensed: Decimal

    @property
    def total(self) -> Decimal:
        return self.capitalized + self.expensed


def totals_of(dataset: Dataset, *, by: Actor) -> Totals:
    """Add up the costs of a dataset that stand."""
    capitalized = expensed = Decimal(0)
    for entry in costs_visible_to(by).filter(dataset=dataset, reverses=None):
        if hasattr(entry, "reversed_by"):
            continue
        if entry.kind in CAPITALIZED:
            capitalized += entry.amount
        else:
            expensed += entry.amount
    return Totals(capitalized, expensed)


def standing_costs(dataset: Dataset) -> list[CostEntry]:
    """Return the vouchers of a dataset that stand, to a caller that checked who may see them."""
    return list(
        CostEntry.objects.filter(dataset=dataset, reverses=None, reversed_by=None).order_by(
            "incurred_on", "created_at"
        )
    )


def totals_under(profile: Profile, entries: Iterable[CostEntry]) -> Totals:
    """Add up what a standard capitalizes and expenses.

    What was spent before the first day of its rule on data was expensed then and stays so.
    """
    capitalized = expensed = Decimal(0)
    for entry in entries:
        is_early = profile.applies_from is not None and entry.incurred_on < profile.applies_from
        if entry.kind in profile.capitalized and not is_early:
            capitalized += entry.amount
        else:
            expensed += entry.amount
    return Totals(capitalized, expensed)


def recognitions_visible_to(by: Actor) -> QuerySet[Recognition]:
    """Return every decision to the centre's staff, else those of the actor's organization."""
    rows = Recognition.objects.select_related("dataset", "organization")
    if is_centre_staff(by):
        return rows
    return rows.filter(organization_id=by.organization_id) if by.organization_id else rows.none()


def recognitions_to_mend(by: Actor) -> QuerySet[Recognition]:
    """Return the decisions of the actor's organization that came back, and were not made anew."""
    later = Recognition.objects.filter(
        dataset=OuterRef("dataset"), created_at__gt=OuterRef("created_at")
    )
    rows = recognitions_visible_to(by).filter(
        Q(organization_id=by.organization_id), state=RecognitionState.RETURNED
    )
    return rows.filter(~Exists(later)).order_by("created_at")


def impairments_visible_to(by: Actor) -> QuerySet[Impairment]:
    """Return the impairment tests of the decisions that the actor may see."""
    decisions = recognitions_visible_to(by).order_by().values("pk")
    return Impairment.objects.filter(recognition__in=decisions)


def waits_for_second_person(dataset: Dataset) -> bool:
    """Return whether a decision on data is with a reviewer."""
    return Recognition.objects.filter(dataset=dataset, state=RecognitionState.SUBMITTED).exists()


def stale_vouchers(recognition: Recognition) -> bool:
    """Return whether the vouchers that stand are others than those that the decision counted."""
    counted = set(recognition.entries.values_list("pk", flat=True))
    return counted != {entry.pk for entry in standing_costs(recognition.dataset)}


def disclosed(by: Actor, organization_id: UUID | None = None) -> list[Recognition]:
    """Return the decisions in force with what was written down, in three queries."""
    rows = recognitions_visible_to(by).filter(state=RecognitionState.IN_FORCE)
    if organization_id is not None:
        rows = rows.filter(organization_id=organization_id)
    return list(rows.prefetch_related("impairments").order_by("organization__name", "created_at"))


def booked(recognition: Recognition) -> Booked:
    """Return the asset as the schedule takes it; inventory is not amortized."""
    return Booked(recognition.carrying, recognition.ready_on, recognition.life_months)


def losses_of(recognition: Recognition) -> list[Loss]:
    return [Loss(row.tested_on, row.loss) for row in recognition.impairments.all()]
