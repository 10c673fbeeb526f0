"""What the accounting API takes and gives."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from marketplace.accounting.models import CostEntry, CostKind


class RecordCostIn(serializers.Serializer[Any]):
    """An amount of a voucher."""

    kind = serializers.ChoiceField(choices=CostKind.choices)
    incurred_on = serializers.DateField()
    amount = serializers.DecimalField(max_digits=18, decimal_places=2)
    voucher = serializers.CharField(max_length=60)


class CostOut(serializers.ModelSerializer[CostEntry]):
    """A cost entry."""

    class Meta:
        model = CostEntry
        fields = (
            "id",
            "dataset",
            "kind",
            "incurred_on",
            "amount",
            "currency",
            "voucher",
            "reverses",
            "created_at",
        )
