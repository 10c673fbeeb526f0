"""Draw the synthetic copy that a policy asks for, charged to the dataset's privacy budget."""

from decimal import Decimal
from pathlib import Path

from desensitize.policy import Policy
from desensitize.privacy.differential import Budget
from desensitize.privacy.synthetic import SyntheticCopy
from desensitize.privacy.synthetic.by_policy import synthesize_by_policy
from marketplace.core import Actor
from marketplace.preparation.budget.models import BudgetUse
from marketplace.preparation.budget.services import charge_budget
from marketplace.preparation.column.selectors import explained_columns
from marketplace.preparation.run.models import Run


def drawn_version(
    run: Run, policy: Policy, source: Path, target: Path, *, by: Actor
) -> SyntheticCopy:
    """Write rows of nobody; ε and δ are spent before a cell is read, once a run.

    Raises:
        DesensitizeError: the copy cannot be drawn as it is asked for; nothing was spent.
        WrongState: too little of the budget is left (`dataset-budget-spent`).
    """

    def charge(budget: Budget) -> None:
        amounts = budget.as_dict()
        charge_budget(
            run.version_id,
            epsilon=Decimal(amounts["epsilon"]),
            delta=Decimal(amounts["delta"]),
            use=BudgetUse.SYNTHETIC,
            cause=f"run:{run.pk}",
            by=by,
        )

    return synthesize_by_policy(
        source, target, policy, charge=charge, explained=explained_columns(run.version)
    )
