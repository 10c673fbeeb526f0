from marketplace.trading.orders.recall.models import Recall, Reidentification
from marketplace.trading.orders.recall.rules import acts_on_reidentification
from marketplace.web.bounded import serializers
from marketplace.web.serializers import ActsField


class ReportedOut(serializers.ModelSerializer[Reidentification]):
    """How far a report is, for whoever has its reference; never what was written."""

    class Meta:
        model = Reidentification
        fields = ("reference", "state", "decided_at", "created_at")


class ReidentificationOut(serializers.ModelSerializer[Reidentification]):
    """A report, for the reviewers who examine it."""

    class Meta:
        model = Reidentification
        fields: tuple[str, ...] = (
            *("id", "reference", "risk_report", "listing", "cause", "found", "how", "contact"),
            *("state", "outcome", "reason", "decided_at", "created_at"),
        )


class OneReidentificationOut(ReidentificationOut):
    """A report with the acts on it: `allowed`, or the code and the sentence of the refusal."""

    acts = ActsField(acts_on_reidentification)

    class Meta(ReidentificationOut.Meta):
        fields = (*ReidentificationOut.Meta.fields, "acts")


class RecallOut(serializers.ModelSerializer[Recall]):
    """What a recall did to an order."""

    class Meta:
        model = Recall
        fields = ("id", "order", "risk_report", "refund", "owed", "created_at")
