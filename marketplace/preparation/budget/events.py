from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


@dataclass(frozen=True, kw_only=True)
class BudgetCharged(Fact):
    """ε and δ of a dataset's privacy budget were spent, for what is named first."""

    kind = "preparation.budget_charged"
    label = _("Privacy budget spent")
    use: str
    epsilon: str
    delta: str
