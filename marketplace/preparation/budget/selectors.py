"""What is left of the privacy budget of a dataset, and what it was spent on."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Count, QuerySet, Sum
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from marketplace.catalog.version.models import DatasetVersion
from marketplace.preparation.budget.models import BudgetCharge, BudgetUse, DatasetBudget

NOTHING = Decimal(0)
NEWEST = 100


@dataclass(frozen=True)
class BudgetState:
    """What a privacy budget holds: ε and δ at most and spent, and ε promised to buyers.

    `uses` has the ε by what it was spent on.
    """

    most: Decimal
    spent: Decimal
    promised: Decimal
    most_delta: Decimal
    spent_delta: Decimal
    uses: Mapping[str, Decimal]

    @property
    def left(self) -> Decimal:
        """Return the ε that is neither spent nor promised."""
        return max(NOTHING, self.most - self.spent - self.promised)

    @property
    def measured(self) -> Decimal:
        """Return the ε that was spent on measurements before a purchase."""
        return self.uses.get(BudgetUse.MEASURING, NOTHING)

    def refusal(self, epsilon: Decimal) -> str | None:
        """Return the sentence that so much is not free now; None where it is."""
        if epsilon <= self.left:
            return None
        return _("Of the privacy budget of this dataset only ε %(left)s is free.") % {
            "left": number_format(self.left.normalize())
        }


def spending_of(version: DatasetVersion) -> dict[str, Any]:
    """Return the privacy budget of the dataset of a version, with the newest charges."""
    charges = list(charges_of(version.dataset_id)[:NEWEST])
    return {"state": budget_of(version.dataset_id), "charges": charges}


def budget_of(dataset_id: UUID) -> BudgetState:
    """Read the privacy budget of a dataset, in two queries."""
    promised = DatasetBudget.objects.filter(dataset_id=dataset_id).values_list("promised").first()
    sums = list(
        charges_of(dataset_id)
        .order_by()
        .values("use")
        .annotate(all_epsilon=Sum("epsilon"), all_delta=Sum("delta"))
    )
    return BudgetState(
        most=most_epsilon(),
        spent=sum((one["all_epsilon"] for one in sums), NOTHING),
        promised=promised[0] if promised else NOTHING,
        most_delta=Decimal(settings.CENTRE["DATASET_DELTA"]),
        spent_delta=sum((one["all_delta"] for one in sums), NOTHING),
        uses={one["use"]: one["all_epsilon"] for one in sums},
    )


def most_epsilon() -> Decimal:
    """Return the ε that may be spent on one dataset, for ever."""
    return Decimal(settings.CENTRE["DATASET_EPSILON"])


def charges_of(dataset_id: UUID) -> QuerySet[BudgetCharge]:
    """Return what was spent of a dataset's privacy budget, newest first."""
    rows = BudgetCharge.objects.select_related("version")
    return rows.filter(budget__dataset_id=dataset_id).order_by("-created_at")


def charges_by_use(dataset_id: UUID) -> list[dict[str, Any]]:
    """Return what was spent of a dataset's privacy budget, by version and what it was spent on."""
    rows = charges_of(dataset_id).order_by().values("use", "version__number")
    sums = rows.annotate(epsilons=Sum("epsilon"), times=Count("pk")).order_by("version__number")
    return [{**one, "label": BudgetUse(one["use"]).label} for one in sums]
