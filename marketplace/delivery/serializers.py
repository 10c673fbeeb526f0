"""What the delivery API takes and gives."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from marketplace.catalog.version.projections import Condition, conditions_from
from marketplace.core.bounds import OutOfBounds, read_json
from marketplace.delivery.models import Download, Grant, GrantKey, Use
from marketplace.delivery.rules import acts_on_grant
from marketplace.delivery.services.keys import LONGEST_LIFE_DAYS
from marketplace.preparation.models import Copy, Run
from marketplace.trading.listings.terms.terms import QuotaWindow
from marketplace.web.bounded import serializers
from marketplace.web.serializers import ActsField

LONGEST_QUESTION = 7_000
"""How long all parameters together may be: servers take no request line beyond 8,190."""


class GrantOut(serializers.ModelSerializer[Grant]):
    """A grant. `quota_rows` is what the terms that hold now let programs take."""

    quota_rows = serializers.SerializerMethodField(
        help_text="How many rows programs may take; null for any number."
    )
    quota_window = serializers.ChoiceField(
        choices=QuotaWindow.choices, source="order.agreed_terms.quota_window", read_only=True
    )

    def get_quota_rows(self, grant: Grant) -> int | None:
        """Return the quota."""
        return grant.order.agreed_terms.quota_rows or None

    class Meta:
        model = Grant
        fields: tuple[str, ...] = (
            *("id", "order", "organization", "listing", "version", "sha256", "size", "mode"),
            *(
                "projection",
                "quota_rows",
                "quota_window",
                "certificate",
                "state",
                "expires_at",
                "reason",
                "created_at",
            ),
        )


class OneGrantOut(GrantOut):
    """A grant with the acts on it that are open, and why the others are not."""

    acts = ActsField(acts_on_grant)

    class Meta(GrantOut.Meta):
        fields: tuple[str, ...] = (*GrantOut.Meta.fields, "acts")


class RunningMonthOut(serializers.Serializer[Any]):
    """What the use of the month that runs costs so far; nothing of it is invoiced yet."""

    period = serializers.CharField()
    unit = serializers.CharField()
    units = serializers.IntegerField()
    amount = serializers.DecimalField(max_digits=18, decimal_places=2)
    currency = serializers.CharField()


class CopyOut(serializers.ModelSerializer[Copy]):
    """What is written for one buyer. `passed` is null until it is measured."""

    state = serializers.ChoiceField(
        choices=Run._meta.get_field("state").flatchoices, source="run.state", read_only=True
    )
    progress = serializers.IntegerField(source="run.progress", read_only=True, help_text="Of 1000.")

    class Meta:
        model = Copy
        fields = (
            *("id", "run", "state", "progress", "projection", "is_marked", "passed", "failures"),
            *("sha256", "rows", "valid_until", "created_at"),
        )


class DownloadOut(serializers.ModelSerializer[Download]):
    """One request for bytes."""

    class Meta:
        model = Download
        fields = ("id", "first_byte", "last_byte", "sent", "created_at")


class RevokeIn(serializers.Serializer[Any]):
    """Why access is taken back."""

    reason = serializers.CharField(max_length=500)


class KeyIn(serializers.Serializer[Any]):
    """How long a key opens the data."""

    days = serializers.IntegerField(min_value=1, max_value=LONGEST_LIFE_DAYS, default=90)


class KeyOut(serializers.ModelSerializer[GrantKey]):
    """A key, without its secret."""

    class Meta:
        model = GrantKey
        fields = ("id", "grant", "expires_at", "revoked_at", "last_used_on", "created_at")


class IssuedKeyOut(serializers.Serializer[Any]):
    """A new key with its secret, which is told once."""

    key = KeyOut()
    secret = serializers.CharField()


class UseOut(serializers.ModelSerializer[Use]):
    """What one request took."""

    class Meta:
        model = Use
        fields = ("id", "kind", "rows", "size", "created_at")


class RowsIn(serializers.Serializer[Any]):
    """What is asked of the rows of a grant; `column` and `where` may be repeated."""

    column = serializers.ListField(
        child=serializers.CharField(trim_whitespace=False), default=list, max_length=500
    )
    where = serializers.ListField(child=serializers.CharField(), default=list)
    after = serializers.IntegerField(min_value=0, default=0)
    limit = serializers.IntegerField(min_value=1, required=False)

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
        if len(question.urlencode()) > LONGEST_QUESTION:
            sentence = _(
                "All parameters together are longer than %(most)d characters. Ask for fewer values "
                "at a time, in several requests."
            ) % {"most": LONGEST_QUESTION}
            raise serializers.ValidationError({"where": [sentence]})
        return attrs


class RowsOut(serializers.Serializer[Any]):
    """Rows as JSON, and the number after which the next page begins."""

    rows = serializers.ListField(child=serializers.DictField())
    next_after = serializers.IntegerField(allow_null=True)


class SharingItemOut(serializers.Serializer[Any]):
    """A share, as the Delta Sharing protocol describes it."""

    share = serializers.DictField()


class SharingItemsOut(serializers.Serializer[Any]):
    """What a key opens, as the Delta Sharing protocol lists it."""

    items = serializers.ListField(child=serializers.DictField())


class CodebookOut(serializers.Serializer[Any]):
    """What the columns of a grant mean.

    Each has `name` and `missing_codes`, and as far as it was said `type`, `label`, `unit`,
    `meaning`, `codes`, `levels`, `treatment`, `treatment_meaning` and `treatment_options`.
    """

    columns = serializers.ListField(child=serializers.DictField())
