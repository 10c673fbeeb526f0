"""Double entry: accounts, and transfers that only ever are added."""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.models import Organization
from marketplace.core import append_only
from marketplace.core.money import MoneyField
from marketplace.core.records import Record
from marketplace.trading.models.orders import Order


class AccountKind(models.TextChoices):
    """What an account stands for in the centre's books."""

    OUTSIDE = "outside", _("The bank outside")
    UNALLOCATED = "unallocated", _("Payments not allocated yet")
    BUYER = "buyer", _("A buyer's money")
    HELD = "held", _("Money held until acceptance")
    SELLER = "seller", _("A seller's money")
    SHARE = "share", _("A third party's share")
    FEE = "fee", _("The centre's fees")
    TAX = "tax", _("Tax to be paid on")


class Account(Record):
    """Something that money moves from and to.

    `balance_cents` is the sum of the account's transfers. The database adds each transfer to it in
    the transfer's own transaction, and refuses one that an account cannot pay. Held money has an
    account an order, so that no order is paid out of another's money.
    """

    kind = models.CharField(_("kind"), max_length=11, choices=AccountKind)
    organization = models.ForeignKey(
        Organization, models.PROTECT, null=True, related_name="accounts"
    )
    order = models.ForeignKey(Order, models.PROTECT, null=True, related_name="accounts")
    currency = models.CharField(_("currency"), max_length=3)
    overdraft_allowed = models.BooleanField(_("overdraft allowed"), default=False)
    balance_cents = models.BigIntegerField(_("balance in cents"), default=0)

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        ordering = ["kind", "created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "organization", "currency"],
                condition=models.Q(organization__isnull=False),
                name="trading_account_of_organization_once",
            ),
            models.UniqueConstraint(
                fields=["kind", "currency"],
                condition=models.Q(organization__isnull=True, order__isnull=True),
                name="trading_account_of_centre_once",
            ),
            models.UniqueConstraint(
                fields=["order"],
                condition=models.Q(order__isnull=False),
                name="trading_account_of_order_once",
            ),
            models.CheckConstraint(
                name="trading_held_for_an_order",
                condition=models.Q(kind=AccountKind.HELD, order__isnull=False)
                | (~models.Q(kind=AccountKind.HELD) & models.Q(order__isnull=True)),
            ),
            models.CheckConstraint(
                name="trading_only_outside_overdrawn",
                condition=models.Q(overdraft_allowed=False) | models.Q(kind=AccountKind.OUTSIDE),
            ),
            models.CheckConstraint(
                name="trading_balance_not_negative",
                condition=models.Q(overdraft_allowed=True) | models.Q(balance_cents__gte=0),
                violation_error_message=_("The account does not hold this amount."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.currency}"

    @property
    def balance(self) -> Decimal:
        """Answer what stood on it when the row was read."""
        return Decimal(self.balance_cents).scaleb(-2)


class TransferKind(models.TextChoices):
    """Why money moves."""

    DEPOSIT = "deposit", _("Payment received")
    ALLOCATION = "allocation", _("Payment allocated")
    HOLD = "hold", _("Held until acceptance")
    RELEASE = "release", _("Released to the seller")
    FEE = "fee", _("Fee of the centre")
    SHARE = "share", _("Share of a third party")
    TAX = "tax", _("Tax withheld")
    FREEZE = "freeze", _("Taken back into custody")
    REFUND = "refund", _("Refunded to the buyer")
    PAYOUT = "payout", _("Paid out")
    RETURN = "return", _("Returned to the sender")


class Transfer(Record):
    """One movement of money: out of `debit`, into `credit`. Rows are never changed.

    `cause` names what the movement follows from, such as a charge with what happens to it; it is
    unique, so that whatever is done twice moves money once. `order` is the order that it belongs
    to, none for what came in or went out as a whole.
    """

    debit = models.ForeignKey(Account, models.PROTECT, related_name="debits")
    credit = models.ForeignKey(Account, models.PROTECT, related_name="credits")
    amount = MoneyField(_("amount"))
    currency = models.CharField(_("currency"), max_length=3)
    order = models.ForeignKey(Order, models.PROTECT, null=True, related_name="transfers")
    kind = models.CharField(_("kind"), max_length=10, choices=TransferKind)
    cause = models.CharField(_("cause"), max_length=120, unique=True)

    class Meta:
        verbose_name = _("transfer")
        verbose_name_plural = _("transfers")
        ordering = ["created_at"]
        constraints = [
            models.CheckConstraint(
                name="trading_transfer_amount_positive", condition=models.Q(amount__gt=0)
            ),
            models.CheckConstraint(
                name="trading_transfer_between_two",
                condition=~models.Q(debit=models.F("credit")),
            ),
        ]
        indexes = [models.Index(fields=["created_at"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.amount} {self.currency}"


append_only.register("trading_transfer", key=["id", "cause"])
append_only.require(
    "trading_transfer", "trading_transfer_stands", "trading_transfer_moves_balances"
)
