"""Read costs."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet

from marketplace.accounting.models import CAPITALIZED, CostEntry
from marketplace.accounts.policies import is_centre_staff
from marketplace.catalog.models import Dataset
from marketplace.core.actor import Actor


def costs_visible_to(by: Actor) -> QuerySet[CostEntry]:
    """Answer every cost to the centre's staff, else those of the actor's organization."""
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
        """Answer both together."""
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
