"""Movements of money between two accounts."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.core import MoneyField, append_only, clock, triggers
from marketplace.core.choices import named_in_api
from marketplace.core.records import Record
from marketplace.trading.books.account.models import Account
from marketplace.trading.books.transfer.triggers import statements


@named_in_api()
class TransferKind(models.TextChoices):
    DEPOSIT = "deposit", _("Payment received")
    ALLOCATION = "allocation", _("Payment allocated")
    PART = "part", _("Paid in part")
    HOLD = "hold", _("Held until acceptance")
    BORNE = "borne", _("Bank charges borne by the centre")
    RELEASE = "release", _("Released to the seller")
    FEE = "fee", _("Fee of the centre")
    SHARE = "share", _("Share of a third party")
    TAX = "tax", _("Tax withheld")
    SOURCE = "source", _("Share of the income")
    FREEZE = "freeze", _("Taken back into custody")
    REFUND = "refund", _("Refunded to the buyer")
    CREDIT = "credit", _("Credited for a missed revision")
    PAYOUT = "payout", _("Paid out")
    RETURN = "return", _("Returned to the sender")
    SET_ASIDE = "set_aside", _("Set aside for labels")
    WAGE = "wage", _("Paid for labels")
    UNSPENT = "unspent", _("Not spent on labels")
    BANK_OWN = "bank_own", _("The bank's own")


class Transfer(Record):
    """One movement of money: out of `debit`, into `credit`. Rows are never changed.

    `cause` names what the movement follows from, such as a charge with what happens to it; it is
    unique, so that whatever is done twice moves money once. `belongs_to` is the id of what it
    belongs to, such as an order; none for what came in or went out as a whole. `booked_on` is the
    day of the books: the one on which it is made, or an open day of the past on which the bank had
    the money already.
    """

    debit = models.ForeignKey(Account, models.PROTECT, related_name="debits")
    credit = models.ForeignKey(Account, models.PROTECT, related_name="credits")
    amount = MoneyField(_("amount"))
    currency = models.CharField(_("currency"), max_length=3)
    belongs_to = models.UUIDField(_("belongs to"), null=True, db_index=True)
    booked_on = models.DateField(_("booked on"), default=clock.today, db_index=True)
    kind = models.CharField(_("kind"), max_length=10, choices=TransferKind)
    cause = models.CharField(_("cause"), max_length=120, unique=True)

    class Meta:
        verbose_name = _("transfer")
        verbose_name_plural = _("transfers")
        ordering = ["created_at"]
        constraints = [
            models.CheckConstraint(
                name="books_transfer_amount_positive", condition=models.Q(amount__gt=0)
            ),
            models.CheckConstraint(
                name="books_transfer_between_two",
                condition=~models.Q(debit=models.F("credit")),
            ),
        ]
        indexes = [models.Index(fields=["created_at"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.amount} {self.currency}"


append_only.register("books_transfer", key=["id", "cause"])
triggers.declare(statements)
