"""Reports that a person can be found in data, and what a recall did to each order."""

from decimal import Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.core import MoneyField
from marketplace.core.frozen import BY_DIGEST, STEP, freeze
from marketplace.core.records import Record
from marketplace.ledger.binding import BoundRow, bind
from marketplace.preparation.report.choices import RecallCause
from marketplace.preparation.report.models import RiskReport
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.recall.states import ReidentificationState


class Reidentification(Record):
    """Somebody says that a person can be found in data that a verdict lets out.

    Who reports it need not be known: `reference` is drawn at random, and whoever has it reads how
    far it is. What they wrote (`found`, `how`, `contact`) only reviewers of the centre read.
    `cause` is another than a re-identification where the centre itself doubts a verdict.
    `outcome` is what the first examiner proposes; `reason` is theirs, for the reporter too.
    """

    reference = models.CharField(_("reference"), max_length=25, unique=True)
    risk_report = models.ForeignKey(RiskReport, models.PROTECT, related_name="reidentifications")
    listing = models.ForeignKey(Listing, models.PROTECT, null=True, related_name="+")
    cause = models.CharField(
        _("cause"), max_length=16, choices=RecallCause, default=RecallCause.REIDENTIFIED
    )
    found = models.CharField(_("what was found"), max_length=2000)
    how = models.CharField(_("how it was found"), max_length=2000, blank=True)
    contact = models.CharField(_("how to reach who reports it"), max_length=200, blank=True)
    state = models.CharField(
        _("state"),
        max_length=10,
        choices=ReidentificationState,
        default=ReidentificationState.RECEIVED,
    )
    outcome = models.BooleanField(_("found to be proven"), null=True)
    reason = models.CharField(_("reasons"), max_length=1000, blank=True)
    examined_by_id = models.UUIDField(_("examined by"), null=True)
    decided_by_id = models.UUIDField(_("decided by"), null=True)
    decided_at = models.DateTimeField(_("decided at"), null=True)

    class Meta:
        verbose_name = _("report of a re-identification")
        verbose_name_plural = _("reports of re-identifications")
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                name="orders_reidentification_four_eyes",
                condition=models.Q(decided_by_id=None)
                | (
                    models.Q(examined_by_id__isnull=False)
                    & ~models.Q(decided_by_id=models.F("examined_by_id"))
                ),
                violation_error_message=_("Who examined it first does not decide."),
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def concerns(self) -> tuple[str, ...]:
        """Return what else a fact about it concerns, as subjects of the ledger."""
        report = self.risk_report
        return (
            *((f"listing:{self.listing_id}",) if self.listing_id else ()),
            f"risk_report:{report.pk}",
            f"version:{report.version_id}",
            f"dataset:{report.version.dataset_id}",
            f"organization:{report.organization_id}",
        )


class Recall(BoundRow, Record):
    """What the recall of a verdict did to one order.

    `refund` went back to the buyer; None while a dispute decides on the money. `owed` is what the
    rule gives the buyer beyond that, since the seller's account did not hold it; once it does, a
    refund pays it.
    """

    order = models.OneToOneField(Order, models.PROTECT, related_name="recall")
    risk_report = models.ForeignKey(RiskReport, models.PROTECT, related_name="recalls")
    refund = MoneyField(_("refund"), null=True)
    owed = MoneyField(_("owed to the buyer"), default=Decimal(0))

    class Meta:
        verbose_name = _("recall of an order")
        verbose_name_plural = _("recalls of orders")
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                name="orders_recall_amounts_not_negative",
                condition=(models.Q(refund=None) | models.Q(refund__gte=0)) & models.Q(owed__gte=0),
            ),
        ]

    def __str__(self) -> str:
        return str(self.order_id)


freeze(
    Reidentification,
    {STEP: ["state", "outcome", "reason", "examined_by_id", "decided_by_id", "decided_at"]},
)
freeze(Recall, {BY_DIGEST: ["refund", "owed"]})
bind(Recall, "recall", under=("order", "order_id"))
