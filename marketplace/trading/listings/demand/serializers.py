from typing import Any

from drf_spectacular.utils import extend_schema_field

from marketplace.trading.listings.demand.models import Demand, DemandAnswer
from marketplace.trading.listings.demand.rules import acts_on_demand
from marketplace.web.bounded import serializers
from marketplace.web.requests import actor
from marketplace.web.serializers import ActOut


class PostDemandIn(serializers.Serializer[Any]):
    """What a buyer looks for, and a key under which the same request is one."""

    title = serializers.CharField()
    wanted = serializers.CharField()
    purpose = serializers.CharField()
    open_until = serializers.DateField()
    budget_from = serializers.DecimalField(
        max_digits=18, decimal_places=2, required=False, allow_null=True
    )
    budget_to = serializers.DecimalField(
        max_digits=18, decimal_places=2, required=False, allow_null=True
    )
    request_key = serializers.CharField()


class DemandOut(serializers.ModelSerializer[Demand]):
    """A request for data."""

    class Meta:
        model = Demand
        fields: tuple[str, ...] = (
            *("id", "buyer", "title", "wanted", "purpose", "budget_from", "budget_to"),
            *("currency", "open_until", "state", "created_at"),
        )


class OneDemandOut(DemandOut):
    """A request with the acts on it: `allowed`, or the code and the sentence of the refusal."""

    acts = serializers.SerializerMethodField()

    class Meta(DemandOut.Meta):
        fields = (*DemandOut.Meta.fields, "acts")

    @extend_schema_field(serializers.DictField(child=ActOut()))
    def get_acts(self, demand: Demand) -> dict[str, dict[str, Any]]:
        """Return what is open to whoever asks."""
        return acts_on_demand(demand, actor(self.context["request"])).as_json()


class AnswerDemandIn(serializers.Serializer[Any]):
    """A listing of one's own, or a message, or both."""

    listing = serializers.UUIDField(required=False, allow_null=True, default=None)
    message = serializers.CharField(required=False, allow_blank=True, default="")


class DemandAnswerOut(serializers.ModelSerializer[DemandAnswer]):
    """An answer to a request for data."""

    class Meta:
        model = DemandAnswer
        fields = ("id", "demand", "seller", "listing", "message", "created_at")
