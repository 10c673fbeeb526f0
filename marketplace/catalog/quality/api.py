from typing import Any

from desensitize.quality import Measured
from marketplace.catalog.quality import serializers
from marketplace.catalog.quality.execution import preview_quality
from marketplace.core import Actor, Scope
from marketplace.web.api import ActView


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
