"""What the money API takes and gives."""

from __future__ import annotations

from typing import Any

from marketplace.trading.books.models import Account
from marketplace.trading.models import (
    BankMatch,
    BankStatement,
    Charge,
    DayClosing,
    Disbursement,
    Invoice,
    Payment,
)
from marketplace.trading.money.bank_sheet import Finding
from marketplace.web.bounded import serializers


class AccountOut(serializers.ModelSerializer[Account]):
    """An account with what stands on it."""

    order = serializers.UUIDField(source="held_for", read_only=True, allow_null=True)
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
    """Money that is to go out. `reference` is what to write on the transfer at the bank."""

    reference = serializers.CharField(read_only=True)

    class Meta:
        model = Disbursement
        fields = (
            *("id", "kind", "account", "order", "payment", "amount", "currency", "reason"),
            *("reference", "state", "answer", "decided_at", "created_at"),
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


class StatementOut(serializers.ModelSerializer[BankStatement]):
    """An imported bank statement."""

    class Meta:
        model = BankStatement
        fields = ("id", "sha256", "first_on", "last_on", "lines_count", "created_at")


class MatchIn(serializers.Serializer[Any]):
    """The outgoing money of which something is said."""

    disbursement = serializers.UUIDField()


class MatchOut(serializers.ModelSerializer[BankMatch]):
    """What a finance officer says of a bank line and outgoing money."""

    class Meta:
        model = BankMatch
        fields = ("id", "line", "disbursement", "state", "reason", "said_at")


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
