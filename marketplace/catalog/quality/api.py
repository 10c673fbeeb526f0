"""The API of quality rules and of what they found."""

from __future__ import annotations

from typing import Any

from desensitize.quality import Measured
from marketplace.catalog.dataset.selectors import datasets_visible_to
from marketplace.catalog.quality import serializers
from marketplace.catalog.quality.execution import preview_quality
from marketplace.catalog.quality.selectors import checks_of, rules_of
from marketplace.catalog.quality.services import set_quality_rules
from marketplace.core.actor import Actor
from marketplace.core.scopes import Scope
from marketplace.web.api import ActView, act_view, list_view

SetQualityRules = act_view(
    set_quality_rules,
    scope=Scope.TRADE,
    takes=serializers.SetQualityRulesIn,
    gives=serializers.QualityRulesOut,
    summary="Set the quality rules of a dataset",
    about=(
        "Say what the versions of a dataset must keep to. All rules are sent; a reason is needed "
        "where others stood before. They are asked of the newest version at once."
    ),
)


class PreviewQuality(ActView):
    """Try rules on the newest version; nothing is kept."""

    takes = serializers.PreviewQualityIn
    gives = serializers.PreviewOut
    scope = Scope.TRADE
    changes = False
    operation = "preview_quality_rules"
    summary = "Try quality rules on the newest version"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Measured:
        return preview_quality(ids["pk"], rules=data["rules"], by=by)


RulesThroughTime = list_view(
    rules_of,
    of=datasets_visible_to,
    operation="list_quality_rules",
    gives=serializers.QualityRulesOut,
    summary="List the quality rules of a dataset",
    about="The quality rules of a dataset through time, the newest, which are in force, first.",
)

Checks = list_view(
    checks_of,
    of=datasets_visible_to,
    operation="list_quality_checks",
    gives=serializers.QualityCheckOut,
    summary="List what the quality rules found",
    about="What the quality rules found of each version of a dataset, the newest version first.",
)
