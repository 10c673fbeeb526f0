"""Spend of the one privacy budget of a dataset."""

from decimal import ROUND_CEILING, Decimal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from marketplace.catalog.version.models import DatasetVersion
from marketplace.core import Actor, Invalid, WrongState
from marketplace.ledger.services.recording import record
from marketplace.preparation.budget.events import BudgetCharged
from marketplace.preparation.budget.models import BudgetCharge, BudgetUse, DatasetBudget
from marketplace.preparation.budget.selectors import NOTHING, budget_of

EPSILON_STEP = Decimal("0.001")
DELTA_STEP = Decimal("1e-15")


@transaction.atomic
def charge_budget(
    version_id: UUID,
    *,
    epsilon: Decimal,
    use: BudgetUse,
    cause: str,
    delta: Decimal = NOTHING,
    promised: Decimal = NOTHING,
    by: Actor,
) -> BudgetCharge:
    """Spend ε and δ of the budget of a version's dataset, before a cell is read; for good.

    Call it from the act that tells something of the data. `cause`, written `kind:id`, is what it is
    spent for: the same again changes nothing, so that a run that is taken up anew pays once.
    `promised` is the part of ε that a contract had reserved. Amounts are rounded up, to a
    thousandth of ε and 10⁻¹⁵ of δ.

    Raises:
        WrongState: less is left, or what is left is promised to buyers (`dataset-budget-spent`).
        Invalid: the amounts are none, or the cause was charged with others.
    """
    if not (epsilon.is_finite() and epsilon > 0 and delta.is_finite() and 0 <= delta < 1):
        raise Invalid(_("Spend an ε above 0, and a δ from 0 to below 1."))
    epsilon = epsilon.quantize(EPSILON_STEP, ROUND_CEILING)
    delta = delta.quantize(DELTA_STEP, ROUND_CEILING)
    version = DatasetVersion.objects.select_related("dataset").get(pk=version_id)
    budget = locked_budget(version.dataset_id)
    known = BudgetCharge.objects.filter(cause=cause).first()
    if known is not None:
        if (known.version_id, known.use, known.epsilon, known.delta) != (
            *(version.pk, use, epsilon, delta),
        ):
            raise Invalid(_("Other amounts of ε were spent for this before."))
        return known
    state = budget_of(version.dataset_id)
    # What was promised can be spent as long as the budget holds it at all.
    taken = state.spent if epsilon <= promised else state.spent + budget.promised - promised
    if taken + epsilon > state.most or state.spent_delta + delta > state.most_delta:
        raise _spent(state.left)
    charge = BudgetCharge.objects.create(
        budget=budget, version=version, use=use, cause=cause, epsilon=epsilon, delta=delta
    )
    record(
        BudgetCharged(
            subject=f"dataset:{version.dataset_id}",
            about=(
                f"version:{version.pk}",
                cause,
                f"organization:{version.dataset.organization_id}",
            ),
            use=use.value,
            epsilon=str(epsilon),
            delta=f"{delta.normalize():f}",
        ),
        by=by,
    )
    return charge


def locked_budget(dataset_id: UUID) -> DatasetBudget:
    """Lock the budget of a dataset, made now where there is none, to spend or to promise of it."""
    DatasetBudget.objects.get_or_create(dataset_id=dataset_id)
    return DatasetBudget.objects.select_for_update().get(dataset_id=dataset_id)


def keep_promised(budget: DatasetBudget, epsilon: Decimal) -> None:
    """Set what contracts promise of a locked budget and buyers have not spent."""
    budget.promised = epsilon
    budget.save(update_fields=["promised"])


def _spent(left: Decimal) -> WrongState:
    return WrongState(
        _(
            "The privacy budget of this dataset does not allow this: ε %(left)s is neither spent "
            "nor promised to buyers. All its versions, copies, models and sandboxes share it. "
            "Spend less."
        )
        % {"left": left.normalize()},
        code="dataset-budget-spent",
    )
