from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import F, Q, QuerySet, Sum

from marketplace.accounts.policies import is_centre_staff
from marketplace.appraisal.ceiling import figures
from marketplace.appraisal.ceiling.models import CeilingCarry, CeilingIncome, PriceCeiling
from marketplace.appraisal.ceiling.states import UNDECIDED, CeilingState
from marketplace.catalog.dataset.models import Dataset
from marketplace.core import Actor


@dataclass(frozen=True)
class Account:
    """What a period may earn, has earned, and passes on; money in the ceiling's currency.

    `permitted` is what is left of the maximum after the deduction, 0 at least. `excess` is all
    income above it with what the deduction itself goes beyond the maximum; `carried` of that is
    taken from the next period, `waiting` will be as soon as there is one.
    """

    ceiling: PriceCeiling
    income: Decimal
    carried: Decimal

    @property
    def permitted(self) -> Decimal:
        """Return what may still be earned in the whole period."""
        return figures.permitted_revenue(self.ceiling.maximum_revenue, self.ceiling.deducted)

    @property
    def excess(self) -> Decimal:
        """Return the income above what is permitted."""
        return figures.excess(
            self.ceiling.maximum_revenue, deducted=self.ceiling.deducted, income=self.income
        )

    @property
    def waiting(self) -> Decimal:
        """Return the part of the excess that no period has been deducted yet."""
        return self.excess - self.carried


def ceilings_visible_to(by: Actor) -> QuerySet[PriceCeiling]:
    """Return every ceiling to the centre's staff, else those of the actor's organization."""
    rows = PriceCeiling.objects.select_related("dataset", "organization")
    if is_centre_staff(by):
        return rows
    return rows.filter(organization_id=by.organization_id) if by.organization_id else rows.none()


def ceiling_in_force(dataset: Dataset, organization_id: UUID, *, on: date) -> PriceCeiling | None:
    """Find the ceiling under which an organization may sell a dataset on a day.

    It goes over `dataset.ceilings`, which whoever looks at many datasets has prefetched.
    """
    for ceiling in dataset.ceilings.all():
        if (
            ceiling.organization_id == organization_id
            and ceiling.state == CeilingState.IN_FORCE
            and ceiling.period_from <= on <= ceiling.period_until
        ):
            return ceiling
    return None


def undecided_ceiling(dataset_id: UUID, organization_id: UUID) -> PriceCeiling | None:
    """Find the ceiling that an organization is still working on."""
    return PriceCeiling.objects.filter(
        dataset_id=dataset_id, organization_id=organization_id, state__in=UNDECIDED
    ).first()


def periods_of(dataset_id: UUID) -> QuerySet[PriceCeiling]:
    """Return the ceilings of a dataset that hold or have held on some day, first period first."""
    return (
        PriceCeiling.objects.filter(
            dataset_id=dataset_id, state__in=(CeilingState.IN_FORCE, CeilingState.CLOSED)
        )
        .filter(Q(ended_on=None) | Q(ended_on__gte=F("period_from")))
        .select_related("dataset", "organization")
        .order_by("period_from")
    )


def period_of(periods: Sequence[PriceCeiling], day: date) -> PriceCeiling | None:
    """Choose the ceiling whose account takes the income of a day.

    It is the last that had begun by then, so that income between two periods is not lost; before
    all of them, the first.
    """
    begun = [period for period in periods if period.period_from <= day]
    return begun[-1] if begun else next(iter(periods), None)


def accounts_of(periods: Sequence[PriceCeiling]) -> list[Account]:
    """Return the account of each ceiling, in two queries."""
    keys = [period.pk for period in periods]
    income = _sums(CeilingIncome.objects.filter(ceiling__in=keys), "ceiling_id")
    carried = _sums(CeilingCarry.objects.filter(from_ceiling__in=keys), "from_ceiling_id")
    nothing = Decimal("0.00")
    return [
        Account(period, income.get(period.pk, nothing), carried.get(period.pk, nothing))
        for period in periods
    ]


def incomes_of(ceiling: PriceCeiling) -> QuerySet[CeilingIncome]:
    """Return what was earned under a ceiling, oldest first."""
    return CeilingIncome.objects.filter(ceiling=ceiling)


def carries_of(ceiling: PriceCeiling) -> QuerySet[CeilingCarry]:
    """Return what a ceiling received from the period before and passed on to the next."""
    return (
        CeilingCarry.objects.filter(Q(from_ceiling=ceiling) | Q(to_ceiling=ceiling))
        .select_related("from_ceiling", "to_ceiling")
        .order_by("created_at", "number")
    )


def _sums(rows: QuerySet[CeilingIncome] | QuerySet[CeilingCarry], key: str) -> dict[UUID, Decimal]:
    grouped = rows.order_by().values(key).annotate(total=Sum("amount"))
    return {row[key]: row["total"] for row in grouped}
