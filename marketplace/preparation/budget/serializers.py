from typing import Any

from marketplace.preparation.budget.models import BudgetCharge
from marketplace.web.bounded import serializers


class BudgetChargeOut(serializers.ModelSerializer[BudgetCharge]):
    """An amount of ε and δ that was spent for good."""

    class Meta:
        model = BudgetCharge
        fields = ("version", "use", "cause", "epsilon", "delta", "created_at")


class PrivacyBudgetOut(serializers.Serializer[Any]):
    """The privacy budget of a dataset: what it holds, and the newest charges."""

    epsilon = serializers.DecimalField(source="state.most", max_digits=9, decimal_places=3)
    spent = serializers.DecimalField(source="state.spent", max_digits=9, decimal_places=3)
    promised = serializers.DecimalField(source="state.promised", max_digits=9, decimal_places=3)
    left = serializers.DecimalField(source="state.left", max_digits=9, decimal_places=3)
    charges = BudgetChargeOut(many=True)
