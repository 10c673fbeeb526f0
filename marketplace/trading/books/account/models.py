"""What money moves from and to."""

from decimal import Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.models import Organization
from marketplace.core.choices import named_in_api
from marketplace.core.frozen import freeze
from marketplace.core.records import Record


@named_in_api()
class AccountKind(models.TextChoices):
    """What an account stands for in the centre's books."""

    OUTSIDE = "outside", _("The bank outside")
    UNALLOCATED = "unallocated", _("Payments not allocated yet")
    BUYER = "buyer", _("A buyer's money")
    PART = "part", _("Paid in part, until the rest comes")
    HELD = "held", _("Money held until acceptance")
    SELLER = "seller", _("A seller's money")
    SHARE = "share", _("A third party's share")
    FEE = "fee", _("The centre's fees")
    TAX = "tax", _("Tax to be paid on")
    BORNE = "borne", _("Bank charges that the centre bears")
    BANK_FEE = "bank_fee", _("Fees of the bank")
    INTEREST = "interest", _("Interest of the bank")
    CORRECTION = "correction", _("Corrections of the bank")


HELD_FOR = (AccountKind.HELD, AccountKind.PART)
"""What is held for a thing, and for it alone."""
BANK_OWN = (AccountKind.BANK_FEE, AccountKind.INTEREST, AccountKind.CORRECTION)
"""What the bank itself took or gave, whichever is more."""
OVERDRAWN = (AccountKind.OUTSIDE, AccountKind.BORNE, *BANK_OWN)
"""The accounts that fall below zero: the bank outside, and what cost the centre money."""


class Account(Record):
    """Something that money moves from and to.

    `balance_cents` is the sum of the account's transfers. The database adds each transfer to it in
    the transfer's own transaction, and refuses one that an account cannot pay. Held money has an
    account for each thing that it is held for (`held_for`: the id of an order, or of an amount that
    is paid in part), so that none is paid out of another's money.
    """

    kind = models.CharField(_("kind"), max_length=11, choices=AccountKind)
    organization = models.ForeignKey(
        Organization, models.PROTECT, null=True, related_name="accounts"
    )
    held_for = models.UUIDField(_("held for"), null=True)
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
                name="books_account_of_organization_once",
            ),
            models.UniqueConstraint(
                fields=["kind", "currency"],
                condition=models.Q(organization__isnull=True, held_for__isnull=True),
                name="books_account_of_centre_once",
            ),
            models.UniqueConstraint(
                fields=["held_for"],
                condition=models.Q(held_for__isnull=False),
                name="books_account_held_for_once",
            ),
            models.CheckConstraint(
                name="books_held_for_something",
                condition=models.Q(kind__in=HELD_FOR, held_for__isnull=False)
                | (~models.Q(kind__in=HELD_FOR) & models.Q(held_for__isnull=True)),
            ),
            models.CheckConstraint(
                name="books_only_outside_overdrawn",
                condition=models.Q(overdraft_allowed=False) | models.Q(kind__in=OVERDRAWN),
            ),
            models.CheckConstraint(
                name="books_balance_not_negative",
                condition=models.Q(overdraft_allowed=True) | models.Q(balance_cents__gte=0),
                violation_error_message=_("The account does not hold this amount."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.currency}"

    @property
    def balance(self) -> Decimal:
        """What stood on it when the row was read."""
        return Decimal(self.balance_cents).scaleb(-2)


freeze(Account, {"the sum of its transfers, which each audit adds up again": ["balance_cents"]})
