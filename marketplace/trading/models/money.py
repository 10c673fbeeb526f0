"""Double entry: accounts, and transfers that only ever are added."""

from __future__ import annotations

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
    BUYER = "buyer", _("A buyer's money")
    HELD = "held", _("Money held until acceptance")
    SELLER = "seller", _("A seller's money")
    FEE = "fee", _("The centre's fees")


class Account(Record):
    """Something that money moves from and to. Its balance is the sum of its transfers."""

    kind = models.CharField(_("kind"), max_length=8, choices=AccountKind)
    organization = models.ForeignKey(
        Organization, models.PROTECT, null=True, related_name="accounts"
    )
    currency = models.CharField(_("currency"), max_length=3)
    overdraft_allowed = models.BooleanField(_("overdraft allowed"), default=False)

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
                condition=models.Q(organization__isnull=True),
                name="trading_account_of_centre_once",
            ),
            models.CheckConstraint(
                name="trading_only_outside_overdrawn",
                condition=models.Q(overdraft_allowed=False) | models.Q(kind=AccountKind.OUTSIDE),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.currency}"


class TransferKind(models.TextChoices):
    """Why money moves."""

    DEPOSIT = "deposit", _("Payment received")
    HOLD = "hold", _("Held until acceptance")
    RELEASE = "release", _("Released to the seller")
    FEE = "fee", _("Fee of the centre")


class Transfer(Record):
    """One movement of money: out of `debit`, into `credit`. Rows are never changed."""

    debit = models.ForeignKey(Account, models.PROTECT, related_name="debits")
    credit = models.ForeignKey(Account, models.PROTECT, related_name="credits")
    amount = MoneyField(_("amount"))
    currency = models.CharField(_("currency"), max_length=3)
    order = models.ForeignKey(Order, models.PROTECT, related_name="transfers")
    kind = models.CharField(_("kind"), max_length=8, choices=TransferKind)
    reference = models.CharField(
        _("bank reference"), max_length=40, null=True, blank=True, unique=True
    )

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
            models.UniqueConstraint(
                fields=["order", "kind"], name="trading_transfer_of_order_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.amount} {self.currency}"


append_only.register("trading_transfer", key=["id", "reference", "order_id,kind"])
