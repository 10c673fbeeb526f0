from django.utils.functional import cached_property

from marketplace.accounts.setting.selectors import centre_bank_account
from marketplace.trading.books.models import Account, Transfer
from marketplace.trading.orders.settlement.models import Allocation, Charge, Invoice
from marketplace.web.bounded import serializers


class TransferOut(serializers.ModelSerializer[Transfer]):
    """One movement of money."""

    debit = serializers.CharField(source="debit.kind")
    credit = serializers.CharField(source="credit.kind")

    class Meta:
        model = Transfer
        fields = ("id", "kind", "debit", "credit", "amount", "currency", "created_at")


class AccountOut(serializers.ModelSerializer[Account]):
    """An account with what stands on it."""

    order = serializers.UUIDField(source="held_for", read_only=True, allow_null=True)
    balance = serializers.DecimalField(max_digits=20, decimal_places=2, read_only=True)

    class Meta:
        model = Account
        fields = ("id", "kind", "organization", "order", "currency", "balance", "created_at")


class ChargeOut(serializers.ModelSerializer[Charge]):
    """An amount that a buyer owes or owed.

    `due` is the amount without what credits took off, `paid` what came in for it, `borne` what a
    bank kept of it and the centre bears, and `still_open` what is still to be paid.
    """

    due = serializers.DecimalField(max_digits=18, decimal_places=2, read_only=True)
    still_open = serializers.DecimalField(max_digits=18, decimal_places=2, read_only=True)
    pay_to = serializers.SerializerMethodField(
        help_text="The account of the centre to which the buyer transfers it."
    )

    class Meta:
        model = Charge
        fields = (
            *("id", "order", "kind", "number", "amount", "set_off", "due", "paid", "borne"),
            *("still_open", "currency", "due_on", "pay_to", "reference", "period", "units"),
            *("state", "paid_at", "created_at"),
        )

    def get_pay_to(self, charge: Charge) -> str:
        """Return the account."""
        return self._account

    @cached_property
    def _account(self) -> str:
        """Return the account, read once for all the amounts of an answer."""
        return centre_bank_account()


class AllocationOut(serializers.ModelSerializer[Allocation]):
    """Money that pays an amount, wholly or in part; without a payment, the buyer's own credit."""

    class Meta:
        model = Allocation
        fields = ("id", "charge", "payment_id", "amount", "came_on", "created_at")


class InvoiceOut(serializers.ModelSerializer[Invoice]):
    """An invoice or a credit note: the frozen content with its digest."""

    content = serializers.DictField()

    class Meta:
        model = Invoice
        fields = (
            *("id", "kind", "number", "order", "charge", "amount", "currency", "issued_on"),
            *("content", "digest"),
        )
