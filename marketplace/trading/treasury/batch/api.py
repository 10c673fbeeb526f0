from typing import Any

from marketplace.core import Actor, Scope
from marketplace.trading.treasury.batch import serializers
from marketplace.trading.treasury.batch.services import make_batch
from marketplace.web.api import ActView


class MakeBatch(ActView):
    """Put the payouts in a currency that two people approved together for the bank."""

    takes = serializers.BatchIn
    gives = serializers.BatchOut
    creates = True
    made_at = "get_batch"
    scope = Scope.ADMINISTER
    summary = "Make a batch of payouts"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Any:
        return make_batch(**data, by=by)
