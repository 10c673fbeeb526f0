"""What is owed, and the papers about it."""

from decimal import Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.core import MoneyField, append_only
from marketplace.core.frozen import CLOCK, STEP, freeze
from marketplace.core.records import Record
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.settlement.states import ChargeState


class ChargeKind(models.TextChoices):
    PRICE = "price", _("Price")
    INSTALMENT = "instalment", _("Instalment")
    USAGE = "usage", _("Use")


class Charge(Record):
    """An amount that the buyer of an order owes, and until when.

    `reference` is what the buyer writes on the transfer (ISO 11649). `number` counts the charges
    of an order; `period` and `units` tell what was used when. `set_off` is what credits took off
    it, `paid` what came in for it so far, and `borne` what a bank kept of the last payment and the
    centre bears. `reminded` counts the stages of reminders that are behind it.
    """

    order = models.ForeignKey(Order, models.PROTECT, related_name="charges")
    kind = models.CharField(_("kind"), max_length=10, choices=ChargeKind)
    number = models.PositiveIntegerField(_("number"))
    amount = MoneyField(_("amount"))
    set_off = MoneyField(_("taken off by credits"), default=Decimal(0))
    paid = MoneyField(_("paid so far"), default=Decimal(0))
    borne = MoneyField(_("bank charges borne by the centre"), default=Decimal(0))
    currency = models.CharField(_("currency"), max_length=3)
    due_on = models.DateField(_("due on"))
    reference = models.CharField(_("payment reference"), max_length=25, unique=True)
    period = models.CharField(_("period"), max_length=20, blank=True)
    units = models.PositiveBigIntegerField(_("units"), null=True)
    state = models.CharField(
        _("state"), max_length=7, choices=ChargeState, default=ChargeState.OPEN
    )
    paid_at = models.DateTimeField(_("paid at"), null=True)
    payment_told_at = models.DateTimeField(_("payment recorded at"), null=True)
    reminded = models.PositiveSmallIntegerField(_("reminders"), default=0)

    class Meta:
        verbose_name = _("charge")
        verbose_name_plural = _("charges")
        ordering = ["due_on", "number"]
        constraints = [
            models.UniqueConstraint(fields=["order", "number"], name="orders_charge_number_once"),
            models.UniqueConstraint(
                fields=["order", "period"],
                condition=models.Q(kind=ChargeKind.USAGE),
                name="orders_charge_period_once",
            ),
            models.CheckConstraint(
                name="orders_charge_amount_positive", condition=models.Q(amount__gt=0)
            ),
            models.CheckConstraint(
                name="orders_charge_set_off_within",
                condition=models.Q(set_off__gte=0, set_off__lte=models.F("amount")),
            ),
            models.CheckConstraint(
                name="orders_charge_paid_within",
                # SQLite reckons with floats: half a cent more is not more.
                condition=models.Q(
                    paid__gte=0,
                    borne__gte=0,
                    paid__lt=models.F("amount")
                    - models.F("set_off")
                    - models.F("borne")
                    + models.Value(Decimal("0.005")),
                ),
            ),
        ]
        indexes = [models.Index(fields=["state", "due_on"])]

    def __str__(self) -> str:
        return self.reference

    @property
    def due(self) -> Decimal:
        """Return what is to be paid of it in all: the amount without what credits took off."""
        due: Decimal = self.amount - self.set_off
        return due

    @property
    def still_open(self) -> Decimal:
        """Return what is still to be paid of it; nothing of what is owed no more."""
        if self.state != ChargeState.OPEN:
            return Decimal(0)
        left: Decimal = self.due - self.paid
        return left


class Allocation(Record):
    """Money that pays an amount owed, wholly or in part. Rows are never changed.

    `payment_id` is the payment that it came by; none where the buyer's own credit pays. `came_on`
    is the day on which it was received, or set off.
    """

    charge = models.ForeignKey(Charge, models.PROTECT, related_name="allocations")
    payment_id = models.UUIDField(_("payment"), null=True, db_index=True)
    amount = MoneyField(_("amount"))
    came_on = models.DateField(_("received on"))

    class Meta:
        verbose_name = _("allocation")
        verbose_name_plural = _("allocations")
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["payment_id", "charge"],
                condition=models.Q(payment_id__isnull=False),
                name="orders_allocation_once",
            ),
            models.CheckConstraint(
                name="orders_allocation_amount_positive", condition=models.Q(amount__gt=0)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.charge}: {self.amount}"


class InvoiceKind(models.TextChoices):
    """Whether an amount is asked for or taken back: by a seller, or by the centre of its fee."""

    INVOICE = "invoice", _("Invoice")
    CREDIT_NOTE = "credit", _("Credit note")
    FEE = "fee", _("Fee invoice")
    FEE_CREDIT = "fee_cr", _("Fee credit note")


FEE_KINDS = (InvoiceKind.FEE, InvoiceKind.FEE_CREDIT)
"""The centre's own papers, to sellers."""
CREDITING = (InvoiceKind.CREDIT_NOTE, InvoiceKind.FEE_CREDIT)
"""The papers that correct others."""


class Invoice(Record):
    """A numbered paper about a charge, a fee, or what went back of either; it is never changed.

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
                fields=["kind", "year", "sequence"], name="orders_invoice_number_once"
            ),
            models.CheckConstraint(
                name="orders_invoice_amount_positive", condition=models.Q(amount__gt=0)
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
            models.UniqueConstraint(fields=["kind", "year"], name="orders_invoice_counter_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.year}: {self.last}"


append_only.register("orders_allocation", key=["id", "payment_id,charge_id"])
append_only.register("orders_invoice", key=["id", "number", "cause", "kind,year,sequence"])
freeze(
    Charge,
    {
        "the sum of what was allocated, set off or refunded, of which each has a row that stays": [
            *("paid", "set_off", "borne")
        ],
        STEP: ["state", "paid_at", "payment_told_at"],
        CLOCK: ["reminded"],
    },
)
freeze(InvoiceCounter, {"the last number given: the invoices have them all": ["last"]})
