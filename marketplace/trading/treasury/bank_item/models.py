"""Lines of the bank's own, with the account that they are booked to."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.core import MoneyField
from marketplace.core.frozen import BY_DIGEST, freeze
from marketplace.core.records import Record
from marketplace.ledger.binding import BoundRow, bind
from marketplace.trading.treasury.bank.models import BankLine
from marketplace.trading.treasury.bank_item.choices import ItemKind
from marketplace.trading.treasury.bank_item.states import IN_BOOKS, OVER, ItemState
from marketplace.trading.treasury.payment.models import Payment


class BankItem(BoundRow, Record):
    """What a finance officer says a line of the bank's own is, for a second one to book.

    `amount` is what the bank has more than the books because of the line, below zero what it took:
    the whole line, or what it differs from the payment or the outgoing money that it tells of.
    `payment` is the one as which the line waited to be allocated. The value date is that of the
    line; `booked_on` is the day of the books, the first open one. What was booked as the wrong kind
    is reversed by two on `reversed_on`; `reason` is why somebody rejected it or its reversal.
    """

    line = models.ForeignKey(BankLine, models.PROTECT, related_name="items")
    kind = models.CharField(_("kind"), max_length=10, choices=ItemKind)
    amount = MoneyField(_("amount"))
    currency = models.CharField(_("currency"), max_length=3)
    payment = models.ForeignKey(Payment, models.PROTECT, null=True, related_name="bank_items")
    booked_on = models.DateField(_("booked on"), null=True)
    state = models.CharField(
        _("state"), max_length=9, choices=ItemState, default=ItemState.PROPOSED
    )
    proposed_by_id = models.UUIDField(_("proposed by"))
    confirmed_by_id = models.UUIDField(_("confirmed by"), null=True)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    reversal_by_id = models.UUIDField(_("reversal proposed by"), null=True)
    reversal_reason = models.CharField(_("reason of the reversal"), max_length=500, blank=True)
    reversed_by_id = models.UUIDField(_("reversed by"), null=True)
    reversed_on = models.DateField(_("reversed on"), null=True)

    class Meta:
        verbose_name = _("line of the bank's own")
        verbose_name_plural = _("lines of the bank's own")
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["line"],
                condition=~models.Q(state__in=OVER),
                name="treasury_bank_item_of_line_once",
            ),
            models.CheckConstraint(name="treasury_bank_item_moves", condition=~models.Q(amount=0)),
            models.CheckConstraint(
                name="treasury_bank_item_booked_by_somebody",
                condition=models.Q(
                    state__in=[*IN_BOOKS, ItemState.REVERSED],
                    confirmed_by_id__isnull=False,
                    booked_on__isnull=False,
                )
                | models.Q(
                    state__in=[ItemState.PROPOSED, ItemState.REJECTED],
                    confirmed_by_id=None,
                    booked_on=None,
                ),
            ),
            models.CheckConstraint(
                name="treasury_bank_item_reversed_by_two",
                condition=(
                    models.Q(
                        state=ItemState.REVERSED,
                        reversal_by_id__isnull=False,
                        reversed_by_id__isnull=False,
                        reversed_on__isnull=False,
                    )
                    & ~models.Q(reversed_by_id=models.F("reversal_by_id"))
                )
                | (
                    ~models.Q(state=ItemState.REVERSED)
                    & models.Q(reversed_by_id=None, reversed_on=None)
                ),
            ),
            models.CheckConstraint(
                name="treasury_bank_item_four_eyes",
                condition=models.Q(confirmed_by_id=None)
                | ~models.Q(confirmed_by_id=models.F("proposed_by_id")),
                violation_error_message=_("Who says what a line is does not book it."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.amount} {self.currency}"

    @property
    def received_on(self) -> date:
        """Return the bank's day, the value date."""
        return self.line.booked_on


bind(
    BankItem,
    "bank_item",
    *("line_id", "kind", "amount", "currency", "payment_id", "booked_on", "state"),
    *("proposed_by_id", "confirmed_by_id", "reason"),
    *("reversal_by_id", "reversal_reason", "reversed_by_id", "reversed_on"),
)
freeze(
    BankItem,
    {
        BY_DIGEST: [
            *("state", "booked_on", "confirmed_by_id", "reason"),
            *("reversal_by_id", "reversal_reason", "reversed_by_id", "reversed_on"),
        ]
    },
)
