"""What is owed, what came in, what is to go out, and the days that are closed."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.core import append_only
from marketplace.core.money import MoneyField
from marketplace.core.records import Record
from marketplace.trading.books.models import Account
from marketplace.trading.models.orders import Order
from marketplace.trading.money.references import reference_of
from marketplace.trading.money.states import ChargeState, DisbursementState, PaymentState


class ChargeKind(models.TextChoices):
    """What a buyer owes an amount for."""

    PRICE = "price", _("Price")
    INSTALMENT = "instalment", _("Instalment")
    USAGE = "usage", _("Use")


class Charge(Record):
    """An amount that the buyer of an order owes, and until when.

    `reference` is what the buyer writes on the transfer (ISO 11649). `number` counts the charges
    of an order; `period` and `units` tell what was used when. `reminded` counts the stages of
    reminders that are behind it.
    """

    order = models.ForeignKey(Order, models.PROTECT, related_name="charges")
    kind = models.CharField(_("kind"), max_length=10, choices=ChargeKind)
    number = models.PositiveIntegerField(_("number"))
    amount = MoneyField(_("amount"))
    currency = models.CharField(_("currency"), max_length=3)
    due_on = models.DateField(_("due on"))
    reference = models.CharField(_("payment reference"), max_length=25, unique=True)
    period = models.CharField(_("period"), max_length=20, blank=True)
    units = models.PositiveBigIntegerField(_("units"), null=True)
    state = models.CharField(
        _("state"), max_length=7, choices=ChargeState, default=ChargeState.OPEN
    )
    paid_at = models.DateTimeField(_("paid at"), null=True)
    reminded = models.PositiveSmallIntegerField(_("reminders"), default=0)

    class Meta:
        verbose_name = _("charge")
        verbose_name_plural = _("charges")
        ordering = ["due_on", "number"]
        constraints = [
            models.UniqueConstraint(fields=["order", "number"], name="trading_charge_number_once"),
            models.UniqueConstraint(
                fields=["order", "period"],
                condition=models.Q(kind=ChargeKind.USAGE),
                name="trading_charge_period_once",
            ),
            models.CheckConstraint(
                name="trading_charge_amount_positive", condition=models.Q(amount__gt=0)
            ),
        ]
        indexes = [models.Index(fields=["state", "due_on"])]

    def __str__(self) -> str:
        return self.reference


class PaymentChannel(models.TextChoices):
    """How the centre learnt that money came in."""

    OFFICER = "officer", _("Recorded by a finance officer")
    STATEMENT = "statement", _("Bank statement")
    WEBHOOK = "webhook", _("Message of a payment provider")


class Payment(Record):
    """Money that came in, once by the bank's own reference, whichever way it was learnt of."""

    channel = models.CharField(_("learnt by"), max_length=10, choices=PaymentChannel)
    reference = models.CharField(_("bank reference"), max_length=64, unique=True)
    amount = MoneyField(_("amount"))
    currency = models.CharField(_("currency"), max_length=3)
    received_on = models.DateField(_("received on"))
    claimed_reference = models.CharField(_("payment reference given"), max_length=25, blank=True)
    charge = models.ForeignKey(Charge, models.PROTECT, null=True, related_name="payments")
    state = models.CharField(
        _("state"), max_length=11, choices=PaymentState, default=PaymentState.UNALLOCATED
    )

    class Meta:
        verbose_name = _("payment")
        verbose_name_plural = _("payments")
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                name="trading_payment_amount_positive", condition=models.Q(amount__gt=0)
            ),
            models.CheckConstraint(
                name="trading_payment_allocated_to_charge",
                condition=~models.Q(state=PaymentState.ALLOCATED) | models.Q(charge__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class DisbursementKind(models.TextChoices):
    """Why money goes out."""

    REFUND = "refund", _("Refund to the buyer")
    PAYOUT = "payout", _("Payout")
    RETURN = "return", _("Return of a payment")


class Disbursement(Record):
    """Money that a finance officer proposes to move out, and a second person approves."""

    kind = models.CharField(_("kind"), max_length=6, choices=DisbursementKind)
    account = models.ForeignKey(Account, models.PROTECT, related_name="disbursements")
    order = models.ForeignKey(Order, models.PROTECT, null=True, related_name="disbursements")
    payment = models.ForeignKey(Payment, models.PROTECT, null=True, related_name="disbursements")
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
                name="trading_disbursement_amount_positive", condition=models.Q(amount__gt=0)
            ),
            models.CheckConstraint(
                name="trading_disbursement_four_eyes",
                condition=models.Q(decided_by_id=None)
                | ~models.Q(decided_by_id=models.F("proposed_by_id")),
                violation_error_message=_("Who proposes it does not decide it."),
            ),
            models.UniqueConstraint(
                fields=["payment"],
                condition=models.Q(
                    state__in=(DisbursementState.PROPOSED, DisbursementState.APPROVED)
                ),
                name="trading_payment_returned_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.amount} {self.currency}"

    @property
    def reference(self) -> str:
        """Answer what the centre writes on the transfer at its bank (ISO 11649)."""
        return reference_of(self.pk)


class InvoiceKind(models.TextChoices):
    """Whether an amount is asked for or taken back."""

    INVOICE = "invoice", _("Invoice")
    CREDIT_NOTE = "credit", _("Credit note")


class Invoice(Record):
    """A numbered paper about a charge, or about what was refunded of it; it is never changed.

    Numbers run without a gap within a kind and a year. `content` is all that stands on the paper,
    frozen; `digest` is the SHA-256 of its canonical JSON.
    """

    kind = models.CharField(_("kind"), max_length=7, choices=InvoiceKind)
    year = models.PositiveSmallIntegerField(_("year of the number"))
    sequence = models.PositiveIntegerField(_("number within the year"))
    number = models.CharField(_("number"), max_length=20, unique=True)
    order = models.ForeignKey(Order, models.PROTECT, related_name="invoices")
    charge = models.ForeignKey(Charge, models.PROTECT, null=True, related_name="invoices")
    cause = models.CharField(_("cause"), max_length=120, unique=True)
    amount = MoneyField(_("amount"))
    currency = models.CharField(_("currency"), max_length=3)
    issued_on = models.DateField(_("issued on"))
    content = models.JSONField(_("content"))
    digest = models.CharField(_("SHA-256 of the content"), max_length=64)

    class Meta:
        verbose_name = _("invoice")
        verbose_name_plural = _("invoices")
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "year", "sequence"], name="trading_invoice_number_once"
            ),
            models.CheckConstraint(
                name="trading_invoice_amount_positive", condition=models.Q(amount__gt=0)
            ),
        ]

    def __str__(self) -> str:
        return self.number


class InvoiceCounter(Record):
    """The last number given out of a kind in a year; locked while the next one is taken."""

    kind = models.CharField(_("kind"), max_length=7, choices=InvoiceKind)
    year = models.PositiveSmallIntegerField(_("year of the number"))
    last = models.PositiveIntegerField(_("last number given"), default=0)

    class Meta:
        verbose_name = _("invoice counter")
        verbose_name_plural = _("invoice counters")
        constraints = [
            models.UniqueConstraint(fields=["kind", "year"], name="trading_invoice_counter_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.year}: {self.last}"


class DayClosing(Record):
    """A day whose books are closed: the database takes no posting before `closed_until` any more.

    `totals` holds what moved and what stood on each account, `digest` the SHA-256 of its canonical
    JSON.
    """

    day = models.DateField(_("day"), unique=True)
    closed_until = models.DateTimeField(_("closed until"))
    totals = models.JSONField(_("totals"))
    digest = models.CharField(_("SHA-256 of the totals"), max_length=64)
    transfers = models.PositiveIntegerField(_("transfers"))
    closed_by_id = models.UUIDField(_("closed by"))

    class Meta:
        verbose_name = _("closed day")
        verbose_name_plural = _("closed days")
        ordering = ["-day"]

    def __str__(self) -> str:
        return self.day.isoformat()


append_only.register("trading_invoice", key=["id", "number", "cause", "kind,year,sequence"])
append_only.register("trading_dayclosing", key=["id", "day"])
append_only.require("books_transfer", "books_transfer_of_an_open_day")
