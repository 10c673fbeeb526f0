from typing import Any

from drf_spectacular.utils import extend_schema_field

from desensitize.errors import DesensitizeError
from desensitize.privacy.sandbox import Declaration
from marketplace.preparation.adapters import refusal_of
from marketplace.trading.listings.sandbox.models import BudgetPeriod, Sandbox
from marketplace.trading.listings.sandbox.services import SandboxOffer
from marketplace.web.bounded import serializers


class BoundsIn(serializers.Serializer[Any]):
    """Between which numbers a column lies, in decimal notation, and on which grid."""

    low = serializers.CharField(max_length=30)
    high = serializers.CharField(max_length=30)
    decimals = serializers.IntegerField(default=0, min_value=0, max_value=6)


@extend_schema_field(
    {
        "type": "object",
        "additionalProperties": {"type": ["array", "null"], "items": {"type": "string"}},
    }
)
class ValuesField(serializers.DictField):
    """By column the values that everybody may know, or null where nobody listed them."""

    child = serializers.ListField(
        child=serializers.CharField(max_length=120), allow_null=True, max_length=200
    )


class DeclarationIn(serializers.Serializer[Any]):
    """What answers rest on: chosen without looking at the data."""

    person = serializers.CharField(
        allow_null=True,
        default=None,
        max_length=200,
        help_text="The column that tells persons apart; null where each row is a person.",
    )
    rows = serializers.IntegerField(
        default=1, min_value=1, max_value=1000, help_text="How many rows of one person count."
    )
    numbers = serializers.DictField(child=BoundsIn(), default=dict)
    categories = ValuesField(default=dict)


class SandboxIn(serializers.Serializer[Any]):
    """What a sandbox answers about, and what its answers may spend."""

    declaration = DeclarationIn()
    epsilon_question = serializers.DecimalField(max_digits=9, decimal_places=3)
    epsilon = serializers.DecimalField(max_digits=9, decimal_places=3)
    epsilon_all = serializers.DecimalField(max_digits=9, decimal_places=3)
    period = serializers.ChoiceField(
        choices=BudgetPeriod.choices, default=BudgetPeriod.LICENCE.value
    )

    @staticmethod
    def offered(sent: dict[str, Any]) -> SandboxOffer:
        """Return the offer that was sent.

        Raises:
            Invalid: the declaration cannot stand.
        """
        try:
            declaration = Declaration.from_json(sent["declaration"])
        except DesensitizeError as error:
            raise refusal_of(error, field="declaration") from error
        return SandboxOffer(**{**sent, "declaration": declaration})


class DeclaredSandboxOut(serializers.ModelSerializer[Sandbox]):
    """A declared sandbox."""

    declaration = DeclarationIn()

    class Meta:
        model = Sandbox
        fields = (
            *("id", "listing", "declaration", "epsilon_question", "epsilon", "epsilon_all"),
            *("period", "created_at"),
        )
