from typing import Any

from marketplace.catalog.dataset.models import Dataset
from marketplace.catalog.quality.serializers import QualityRuleIO
from marketplace.preparation.quality.proposals import proposed_rules
from marketplace.web.bounded import serializers


class ProposedRulesOut(serializers.Serializer[Any]):
    """Rules that the newest version suggests and that are not in force yet."""

    rules = QualityRuleIO(many=True)


def rules_proposed(dataset: Dataset) -> dict[str, Any]:
    return {"rules": [rule.as_dict() for rule in proposed_rules(dataset)]}
