from marketplace.trading.orders.approval.models import SigningApproval
from marketplace.trading.orders.approval.rules import acts_on_approval
from marketplace.web.bounded import serializers
from marketplace.web.serializers import ActsField


class ApprovalOut(serializers.ModelSerializer[SigningApproval]):
    """An approval to sign one text for one's side. `sum` is null where nothing bounds it."""

    class Meta:
        model = SigningApproval
        fields: tuple[str, ...] = (
            *("id", "contract", "amendment", "digest", "side", "sum", "currency", "state"),
            *("asked_by_id", "decided_by_id", "decided_at", "reason", "created_at"),
        )


class OneApprovalOut(ApprovalOut):
    """An approval to sign with the acts on it that are open, and why the others are not."""

    acts = ActsField(acts_on_approval)

    class Meta(ApprovalOut.Meta):
        fields: tuple[str, ...] = (*ApprovalOut.Meta.fields, "acts")
