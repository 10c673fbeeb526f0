"""The API of proposed rules."""

from __future__ import annotations

from typing import Any

from marketplace.catalog.dataset.models import Dataset
from marketplace.catalog.dataset.selectors import datasets_visible_to
from marketplace.catalog.quality.serializers import QualityRuleIO
from marketplace.preparation.quality.proposals import proposed_rules
from marketplace.web.api import thing_view
from marketplace.web.bounded import serializers


class ProposedRulesOut(serializers.Serializer[Any]):
    """Rules that the newest version suggests and that are not in force yet."""

    rules = QualityRuleIO(many=True)


def _proposed(dataset: Dataset) -> dict[str, Any]:
    return {"rules": [rule.as_dict() for rule in proposed_rules(dataset)]}


ProposedRules = thing_view(
    datasets_visible_to,
    operation="get_proposed_quality_rules",
    gives=ProposedRulesOut,
    shown=_proposed,
    summary="Get the quality rules that are proposed",
    about=(
        "Rules that the profile of the newest version and the annotations of its columns suggest, "
        "and that are not in force yet."
    ),
)
