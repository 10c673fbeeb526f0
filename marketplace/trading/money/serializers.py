"""What the money API takes and gives."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from marketplace.trading.models import Account, Charge, DayClosing, Disbursement, Invoice, Payment


class AccountOut(serializers.ModelSerializer[Account]):
    """An account with what stands on it."""

    balance = serializers.DecimalField(max_digits=20, decimal_places=2, read_only=True)

    class Meta:
        model = Account
        fields = ("id", "kind", "organization", "order", "currency", "balance", "created_at")


class ChargeOut(serializers.ModelSerializer[Charge]):
    """An amount that a buyer owes or owed."""

    class Meta:
        model = Charge
        fields = (
            *("id", "order", "kind", "number", "amount", "currency", "due_on", "reference"),
            *("period", "units", "state", "paid_at", "created_at"),
        )


class InvoiceOut(serializers.ModelSerializer[Invoice]):
    """An invoice or a credit note: the frozen content with its digest."""

    content = serializers.DictField()

    class Meta:
        model = Invoice
        fields = (
            *("id", "kind", "number", "order", "charge", "amount", "currency", "issued_on"),
            *("content", "digest"),
        )


class PaymentOut(serializers.ModelSerializer[Payment]):
    """Money that came in."""

    class Meta:
        model = Payment
        fields = (
            *("id", "channel", "reference", "amount", "currency", "received_on"),
            *("claimed_reference", "charge", "state", "created_at"),
        )


class DisbursementOut(serializers.ModelSerializer[Disbursement]):
    """Money that is to go out."""

    class Meta:
        model = Disbursement
        fields = (
            *("id", "kind", "account", "order", "payment", "amount", "currency", "reason"),
            *("state", "answer", "decided_at", "created_at"),
        )


class StatementIn(serializers.Serializer[Any]):
    """A bank statement as text."""

    statement = serializers.CharField(trim_whitespace=False)


class ImportedOut(serializers.Serializer[Any]):
    """What became of what was told."""

    allocated = serializers.IntegerField()
    unallocated = serializers.IntegerField()
    known = serializers.IntegerField()


class AllocateIn(serializers.Serializer[Any]):
    """The payment reference of what is paid."""

    reference = serializers.CharField()


class ProposalIn(serializers.Serializer[Any]):
    """Why, and a key under which the same request is one proposal."""

    reason = serializers.CharField()
    request_key = serializers.CharField(max_length=64)


class AmountIn(ProposalIn):
    """How much, why, and the key."""

    amount = serializers.DecimalField(max_digits=18, decimal_places=2)


class CloseIn(serializers.Serializer[Any]):
    """The day to close."""

    day = serializers.DateField()


class ClosingOut(serializers.ModelSerializer[DayClosing]):
    """A closed day with its totals."""

    totals = serializers.DictField()

    class Meta:
        model = DayClosing
        fields = ("id", "day", "closed_until", "transfers", "totals", "digest", "created_at")
