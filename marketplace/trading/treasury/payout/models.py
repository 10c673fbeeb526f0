"""Money that is to go out."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.core import MoneyField
from marketplace.core.choices import named_in_api
from marketplace.core.frozen import BY_DIGEST, freeze
from marketplace.core.records import Record
from marketplace.ledger.binding import BoundRow, bind
from marketplace.trading.books.models import Account
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.settlement.references import reference_of
from marketplace.trading.treasury.bank_account.models import BankAccount
from marketplace.trading.treasury.payment.models import Payment
from marketplace.trading.treasury.payout.states import DisbursementState


@named_in_api()
class DisbursementKind(models.TextChoices):
    """Why money goes out."""

    REFUND = "refund", _("Refund to the buyer")
    PAYOUT = "payout", _("Payout")
    RETURN = "return", _("Return of a payment")


class Disbursement(BoundRow, Record):
    """Money that a finance officer proposes to move out, and a second person approves.

    `bank_account` is where an organization's money goes: the one in force when it was proposed, and
    still when it is approved.
    """

    kind = models.CharField(_("kind"), max_length=6, choices=DisbursementKind)
    account = models.ForeignKey(Account, models.PROTECT, related_name="disbursements")
    order = models.ForeignKey(Order, models.PROTECT, null=True, related_name="disbursements")
    payment = models.ForeignKey(Payment, models.PROTECT, null=True, related_name="disbursements")
    bank_account = models.ForeignKey(
        BankAccount, models.PROTECT, null=True, related_name="disbursements"
    )
    amount = MoneyField(_("amount"))
    currency = models.CharField(_("currency"), max_length=3)
    reason = models.CharField(_("reason"), max_length=500)
    request_key = models.CharField(_("request key"), max_length=64, unique=True)
    state = models.CharField(
        _("state"), max_length=8, choices=DisbursementState, default=DisbursementState.PROPOSED
    )
    proposed_by_id = models.UUIDField(_("proposed by"))
    decided_by_id = models.UUIDField(_("decided by"), null=True)
    decided_at = models.DateTimeField(_("decided at"), null=True)
    answer = models.CharField(_("reason of the rejection"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("disbursement")
        verbose_name_plural = _("disbursements")
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                name="treasury_disbursement_amount_positive", condition=models.Q(amount__gt=0)
            ),
            models.CheckConstraint(
                name="treasury_disbursement_four_eyes",
                condition=models.Q(decided_by_id=None)
                | ~models.Q(decided_by_id=models.F("proposed_by_id")),
                violation_error_message=_("Who proposes it does not decide it."),
            ),
            models.UniqueConstraint(
                fields=["payment"],
                condition=models.Q(
                    state__in=(DisbursementState.PROPOSED, DisbursementState.APPROVED)
                ),
                name="treasury_payment_returned_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.amount} {self.currency}"

    @property
    def reference(self) -> str:
        """Return what the centre writes on the transfer at its bank (ISO 11649)."""
        return reference_of(self.pk)


bind(
    Disbursement,
    "disbursement",
    *("kind", "account_id", "order_id", "payment_id", "bank_account_id", "amount", "currency"),
    *("reason", "request_key", "state", "proposed_by_id", "decided_by_id", "decided_at", "answer"),
)


freeze(Disbursement, {BY_DIGEST: ["state", "decided_by_id", "decided_at", "answer"]})
