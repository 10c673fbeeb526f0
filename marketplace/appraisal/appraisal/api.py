"""The appraisal API: one view an act."""

from typing import Any

from marketplace.appraisal.adapters.results import Calculation
from marketplace.appraisal.appraisal import serializers
from marketplace.appraisal.appraisal.calculator import calculate
from marketplace.core import Actor, Scope
from marketplace.web.api import ActView


class Calculate(ActView):
    """Run any method of the valuation library on given inputs; nothing is kept."""

    takes = serializers.CalculateIn
    gives = serializers.CalculationOut
    changes = False
    scope = Scope.READ
    summary = "Run a method on given inputs"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Calculation:
        return calculate(data["method"], data["inputs"], by=by)
