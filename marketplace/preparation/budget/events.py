from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


class BudgetCharged(Fact, kind="preparation.budget_charged", label=_("Privacy budget spent")):
    """ε and δ of a dataset's privacy budget were spent, for what is named first."""

    use: str
    epsilon: str
    delta: str
