"""What the API of income shares takes and gives."""

from __future__ import annotations

from typing import Any

from marketplace.trading.listings.acts import acts_on_income_share
from marketplace.trading.listings.income_share.models import IncomeShare, ShareGround
from marketplace.web.bounded import serializers
from marketplace.web.serializers import ActsField


class ProposeIncomeShareIn(serializers.Serializer[Any]):
    """Who gets what part of the income, and why."""

    uscc = serializers.CharField(max_length=18)
    ground = serializers.ChoiceField(choices=ShareGround.choices)
    percent = serializers.DecimalField(max_digits=7, decimal_places=4)
    rows = serializers.IntegerField(required=False, allow_null=True, min_value=1)


class AnswerIncomeShareIn(serializers.Serializer[Any]):
    """Whether the organization agrees."""

    is_agreed = serializers.BooleanField()


class IncomeShareOut(serializers.ModelSerializer[IncomeShare]):
    """An income share; `effective` is the part of the income, from 0 to 1."""

    effective = serializers.DecimalField(max_digits=7, decimal_places=6, read_only=True)

    class Meta:
        model = IncomeShare
        fields: tuple[str, ...] = (
            "id",
            "listing",
            "organization",
            "ground",
            "rate",
            "rows",
            "of_rows",
            "effective",
            "state",
            "created_at",
            "answered_at",
        )


class OneIncomeShareOut(IncomeShareOut):
    """An income share with the acts on it: `allowed`, or the code and sentence of the refusal."""

    acts = ActsField(acts_on_income_share)

    class Meta(IncomeShareOut.Meta):
        fields = (*IncomeShareOut.Meta.fields, "acts")
