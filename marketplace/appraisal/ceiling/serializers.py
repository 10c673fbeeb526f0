from typing import Any

from drf_spectacular.utils import extend_schema_field

from marketplace.appraisal.ceiling.models import PriceCeiling
from marketplace.appraisal.ceiling.rules import Permitted, acts_on_ceiling
from marketplace.appraisal.ceiling.selectors import Account, accounts_of
from marketplace.appraisal.ceiling.services import approve_ceiling, withdraw_ceiling
from marketplace.web.bounded import serializers
from marketplace.web.requests import actor
from marketplace.web.serializers import ActOut
from marketplace.web.taking import ActSerializer, serializer_of


class CeilingIn(ActSerializer):
    """What a period costs, and the licences expected; money is in the centre's currency."""

    takes = staticmethod(Permitted)


CeilingChecklistIn = serializer_of(
    approve_ceiling,
    name="CeilingChecklistIn",
    about="The points that the reviewer has checked: all of them, to approve.",
)
CeilingReasonIn = serializer_of(withdraw_ceiling, name="CeilingReasonIn", about="A reason.")


class CeilingAccountOut(serializers.Serializer[Account]):
    """What a period may earn, has earned and passes on."""

    permitted = serializers.DecimalField(max_digits=18, decimal_places=2)
    income = serializers.DecimalField(max_digits=18, decimal_places=2)
    excess = serializers.DecimalField(max_digits=18, decimal_places=2)
    carried = serializers.DecimalField(max_digits=18, decimal_places=2)
    waiting = serializers.DecimalField(max_digits=18, decimal_places=2)


class CeilingOut(serializers.ModelSerializer[PriceCeiling]):
    """A price ceiling with its account."""

    account = serializers.SerializerMethodField()

    class Meta:
        model = PriceCeiling
        fields: tuple[str, ...] = (
            *("id", "dataset", "organization", "period_from", "period_until", "ended_on"),
            *("operating_cost", "operating_cost_source", "profit_rate", "permitted_profit"),
            *("tax", "tax_source", "maximum_revenue", "deducted", "expected_units"),
            *("expected_units_source", "price", "currency", "library_version", "state", "reason"),
            *("account", "created_at"),
        )

    @extend_schema_field(CeilingAccountOut)
    def get_account(self, ceiling: PriceCeiling) -> dict[str, Any]:
        """Return the account of the period."""
        (account,) = accounts_of([ceiling])
        return dict(CeilingAccountOut(account).data)


class OneCeilingOut(CeilingOut):
    """A price ceiling with the acts on it that are open, and why the others are not."""

    acts = serializers.SerializerMethodField()

    class Meta(CeilingOut.Meta):
        fields: tuple[str, ...] = (*CeilingOut.Meta.fields, "acts")

    @extend_schema_field(serializers.DictField(child=ActOut()))
    def get_acts(self, ceiling: PriceCeiling) -> dict[str, dict[str, Any]]:
        """Return what is open to whoever asks."""
        return acts_on_ceiling(ceiling, actor(self.context["request"])).as_json()


class CeilingRowOut(serializers.ModelSerializer[PriceCeiling]):
    """A price ceiling in a list."""

    class Meta:
        model = PriceCeiling
        fields = (
            *("id", "dataset", "organization", "period_from", "period_until", "ended_on"),
            *("maximum_revenue", "deducted", "price", "currency", "state", "created_at"),
        )
