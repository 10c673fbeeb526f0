from typing import Any

from drf_spectacular.utils import extend_schema_field

from marketplace.core.arguments import argument_of
from marketplace.trading.listings.demand.models import Demand, DemandAnswer
from marketplace.trading.listings.demand.rules import acts_on_demand
from marketplace.trading.listings.demand.services import Wish, post_demand
from marketplace.web.bounded import serializers
from marketplace.web.requests import actor
from marketplace.web.serializers import ActOut
from marketplace.web.taking import ActSerializer, serializer_field


class PostDemandIn(ActSerializer):
    """What a buyer looks for, and a key under which the same request is one."""

    takes = Wish
    request_key = serializer_field(argument_of(post_demand, "request_key"))


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


class DemandAnswerOut(serializers.ModelSerializer[DemandAnswer]):
    """An answer to a request for data."""

    class Meta:
        model = DemandAnswer
        fields = ("id", "demand", "seller", "listing", "message", "created_at")
