"""Disputes about orders, and what the sides show."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.models import Organization
from marketplace.core import MoneyField
from marketplace.core.frozen import BY_DIGEST, freeze
from marketplace.core.records import Record
from marketplace.core.terms import HasTerms
from marketplace.ledger.binding import BoundRow, bind
from marketplace.trading.orders.dispute.states import UNENDED, DisputeState
from marketplace.trading.orders.order.models import Order
from marketplace.vault.models import StoredFile


class Dispute(HasTerms, BoundRow, Record):
    """Two sides who do not agree about an order.

    `resumes` is the order's state before. `dossier` is what the ledger and the books told when it
    was opened, frozen; `dossier_digest` is the SHA-256 of its canonical JSON. `refund` is the
    amount that goes back to the buyer by the proposal, the decision or the ruling: the rest of
    what is held goes to the seller.
    """

    order = models.ForeignKey(Order, models.PROTECT, related_name="disputes")
    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="disputes", verbose_name=_("opened for")
    )
    opened_by_id = models.UUIDField(_("opened by"))
    text = models.CharField(_("what is wrong"), max_length=2000)
    resumes = models.CharField(_("state of the order before"), max_length=10)
    dossier = models.JSONField(_("evidence of the ledger"))
    dossier_digest = models.CharField(_("SHA-256 of the evidence"), max_length=64)
    state = models.CharField(
        _("state"), max_length=9, choices=DisputeState, default=DisputeState.OPEN
    )
    refund = MoneyField(_("refund"), null=True)
    reason = models.CharField(_("reasons"), max_length=2000, blank=True)
    proposed_by_id = models.UUIDField(_("proposed by"), null=True)
    buyer_agreed_at = models.DateTimeField(_("agreed by the buyer at"), null=True)
    seller_agreed_at = models.DateTimeField(_("agreed by the seller at"), null=True)
    decided_by_id = models.UUIDField(_("decided by"), null=True)
    appeal_until = models.DateField(_("may be appealed until"), null=True)
    appeal = models.CharField(_("appeal"), max_length=2000, blank=True)
    ended_at = models.DateTimeField(_("ended at"), null=True)

    class Meta:
        verbose_name = _("dispute")
        verbose_name_plural = _("disputes")
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["order"],
                condition=models.Q(state__in=UNENDED),
                name="orders_one_dispute_of_order",
            ),
            models.CheckConstraint(
                name="orders_dispute_second_officer",
                condition=models.Q(decided_by_id=None)
                | models.Q(proposed_by_id=None)
                | ~models.Q(decided_by_id=models.F("proposed_by_id")),
                violation_error_message=_("Who mediated does not decide."),
            ),
            models.CheckConstraint(
                name="orders_dispute_refund_not_negative",
                condition=models.Q(refund=None) | models.Q(refund__gte=0),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order.listing}"


class DisputeExhibit(Record):
    """A file by which a side shows what it says."""

    dispute = models.ForeignKey(Dispute, models.PROTECT, related_name="exhibits")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    title = models.CharField(_("title"), max_length=120)
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="dispute_exhibit")

    class Meta:
        verbose_name = _("exhibit of a dispute")
        verbose_name_plural = _("exhibits of disputes")
        ordering = ["created_at"]

    def __str__(self) -> str:
        return self.title


class EarlierMediator(Record):
    """Who mediated a dispute until another officer took it over, and why they did."""

    dispute = models.ForeignKey(Dispute, models.PROTECT, related_name="earlier_mediators")
    person_id = models.UUIDField(_("mediated by"))
    taken_over_by_id = models.UUIDField(_("taken over by"))
    reason = models.CharField(_("reasons"), max_length=2000)

    class Meta:
        verbose_name = _("earlier mediator")
        verbose_name_plural = _("earlier mediators")
        ordering = ["created_at"]

    def __str__(self) -> str:
        return f"{self.dispute}"


freeze(
    Dispute,
    {
        BY_DIGEST: [
            *("state", "refund", "reason", "proposed_by_id", "buyer_agreed_at", "seller_agreed_at"),
            *("decided_by_id", "appeal_until", "provisional", "appeal", "ended_at"),
        ],
    },
)
bind(Dispute, "dispute")
freeze(DisputeExhibit)
freeze(EarlierMediator)
