from typing import Any

from drf_spectacular.utils import extend_schema_field

from desensitize.errors import DesensitizeError
from desensitize.privacy.sandbox import Declaration
from desensitize.privacy.sandbox.declaration import LONGEST_VALUE, MOST_DECIMALS, MOST_VALUES
from marketplace.preparation.adapters import refusal_of
from marketplace.trading.listings.sandbox.models import Sandbox
from marketplace.trading.listings.sandbox.services import Counted, SandboxOffer
from marketplace.web.bounded import serializers
from marketplace.web.taking import ActSerializer


class BoundsIn(serializers.Serializer[Any]):
    """Between which numbers a column lies, in decimal notation, and on which grid."""

    low = serializers.CharField(max_length=30)
    high = serializers.CharField(max_length=30)
    decimals = serializers.IntegerField(default=0, min_value=0, max_value=MOST_DECIMALS)


@extend_schema_field(
    {
        "type": "object",
        "additionalProperties": {"type": ["array", "null"], "items": {"type": "string"}},
    }
)
class ValuesField(serializers.DictField):
    """By column the values that everybody may know, or null where nobody listed them."""

    child = serializers.ListField(
        child=serializers.CharField(max_length=LONGEST_VALUE),
        allow_null=True,
        max_length=MOST_VALUES,
    )


class DeclarationIn(ActSerializer):
    """What answers rest on: chosen without looking at the data."""

    takes = Counted
    numbers = serializers.DictField(child=BoundsIn(), default=dict)
    categories = ValuesField(default=dict)


class SandboxIn(ActSerializer):
    """What a sandbox answers about, and what its answers may spend."""

    takes = SandboxOffer
    declaration = DeclarationIn()

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
