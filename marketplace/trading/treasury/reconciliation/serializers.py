from typing import Any

from marketplace.trading.treasury.reconciliation.sheet import Finding
from marketplace.web.bounded import serializers


class ComparedOut(serializers.Serializer[Any]):
    """What stood or moved, at the bank and in the books; null where the bank does not tell."""

    at_bank = serializers.DecimalField(20, 2, allow_null=True)
    in_books = serializers.DecimalField(20, 2)
    difference = serializers.DecimalField(20, 2, allow_null=True)


class ComparedRowOut(serializers.Serializer[Any]):
    """A line of the bank beside what the books have of it."""

    on = serializers.DateField()
    reference = serializers.CharField()
    at_bank = serializers.DecimalField(20, 2, allow_null=True)
    in_books = serializers.DecimalField(20, 2, allow_null=True)
    difference = serializers.DecimalField(20, 2)
    finding = serializers.ChoiceField(Finding.choices)
    payment = serializers.UUIDField(source="payment.pk", default=None, allow_null=True)
    disbursement = serializers.UUIDField(source="disbursement.pk", default=None, allow_null=True)
    line = serializers.UUIDField(source="line.pk", default=None, allow_null=True)
    match = serializers.UUIDField(source="match.pk", default=None, allow_null=True)
    item = serializers.UUIDField(source="item.pk", default=None, allow_null=True)
    held = serializers.UUIDField(source="held.pk", default=None, allow_null=True)


class SheetOut(serializers.Serializer[Any]):
    """One currency; `unnamed` is what of the difference in the end no row names."""

    currency = serializers.CharField()
    before = ComparedOut()
    moved = ComparedOut()
    after = ComparedOut()
    named = serializers.DecimalField(20, 2)
    unnamed = serializers.DecimalField(20, 2, allow_null=True)
    agrees = serializers.BooleanField()
    rows = ComparedRowOut(many=True)


class ReconciliationOut(serializers.Serializer[Any]):
    """The bank and the books from a first to a last day."""

    first_on = serializers.DateField()
    last_on = serializers.DateField()
    sheets = SheetOut(many=True)
