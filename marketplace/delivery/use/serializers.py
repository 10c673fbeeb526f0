from typing import Any

from django.utils.translation import gettext as _

from marketplace.catalog.version.projections import Condition, conditions_from
from marketplace.core.bounds import OutOfBounds, read_json
from marketplace.delivery.use.models import GrantKey, Use
from marketplace.delivery.use.profile import profile_of
from marketplace.delivery.use.rules import acts_on_key
from marketplace.delivery.use.services import IssuedKey
from marketplace.trading.listings.mode.base import Opening
from marketplace.web.bounded import serializers
from marketplace.web.serializers import ActsField


class KeyOut(serializers.ModelSerializer[GrantKey]):
    """A key, without its secret."""

    acts = ActsField(acts_on_key)

    class Meta:
        model = GrantKey
        fields = ("id", "grant", "expires_at", "revoked_at", "last_used_on", "created_at", "acts")


class IssuedKeyOut(serializers.Serializer[Any]):
    """A new key with its secret, which is told once; `profile` of a table of Delta Sharing."""

    key = KeyOut()
    secret = serializers.CharField()
    profile = serializers.SerializerMethodField()

    def get_profile(self, issued: IssuedKey) -> str | None:
        """Return the text of the profile file that clients of Delta Sharing take."""
        if issued.key.grant.delivery.opened_by != Opening.TABLE:
            return None
        return profile_of(issued, address=self.context["request"].build_absolute_uri("/")).text


class UseOut(serializers.ModelSerializer[Use]):
    """What one request took: the rows that count, or in `uncounted` why none of them does."""

    class Meta:
        model = Use
        fields = ("id", "kind", "rows", "size", "uncounted", "created_at")


class RunningMonthOut(serializers.Serializer[Any]):
    """What the use of the month that runs costs so far; nothing of it is invoiced yet.

    `units` are what counts. `uncounted` answers cost nothing: HEAD, 304, and the same rows again
    within 24 hours.
    """

    period = serializers.CharField()
    unit = serializers.CharField()
    units = serializers.IntegerField()
    amount = serializers.DecimalField(max_digits=18, decimal_places=2)
    currency = serializers.CharField()
    uncounted = serializers.IntegerField()


LONGEST_QUESTION = 7_000
"""How long all parameters together may be: servers take no request line beyond 8,190."""


class RowsIn(serializers.Serializer[Any]):
    """What is asked of the rows of a grant; `column` and `where` may be repeated."""

    column = serializers.ListField(
        child=serializers.CharField(trim_whitespace=False), default=list, max_length=500
    )
    where = serializers.ListField(child=serializers.CharField(), default=list)
    after = serializers.IntegerField(min_value=0, default=0)
    limit = serializers.IntegerField(min_value=1, required=False)
    as_of = serializers.CharField(max_length=40, default="", allow_blank=True)

    def validate_where(self, value: list[str]) -> tuple[Condition, ...]:
        """Read each condition, which is written as JSON."""
        try:
            return conditions_from(read_json(text) for text in value)
        except OutOfBounds as error:
            raise serializers.ValidationError(str(error)) from None
        except ValueError:
            raise serializers.ValidationError(
                _('Write a condition as JSON: ["column", "operator", value].')
            ) from None

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Refuse more than an address holds."""
        question = self.initial_data.copy()
        # Where the next page begins is written by the centre, and may not make it too long.
        question.pop("after", None)
        question.pop("as_of", None)
        if len(question.urlencode()) > LONGEST_QUESTION:
            sentence = _(
                "All parameters together are longer than %(most)d characters. Ask for fewer values "
                "at a time, in several requests."
            ) % {"most": LONGEST_QUESTION}
            raise serializers.ValidationError({"where": [sentence]})
        return attrs


class RowsOut(serializers.Serializer[Any]):
    """Rows as JSON, the number after which the next page begins, and of which revision they are.

    Ask for the next page `as_of` that revision: the grant may move on in between.
    """

    rows = serializers.ListField(child=serializers.DictField())
    next_after = serializers.IntegerField(allow_null=True)
    revision = serializers.IntegerField()
