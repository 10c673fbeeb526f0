"""What a buyer orders."""

from decimal import Decimal
from typing import ClassVar
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.models import Organization
from marketplace.core import MoneyField
from marketplace.core.frozen import BY_DIGEST, STEP, freeze
from marketplace.core.numbers import number_of
from marketplace.core.records import Record
from marketplace.core.terms import HasTerms
from marketplace.ledger.binding import BoundRow, bind
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.plans import Plan, plan_of
from marketplace.trading.listings.revision.models import Revision
from marketplace.trading.listings.terms.terms import Terms
from marketplace.trading.orders.order.states import NEGOTIATING, OPEN_TO_BUYER, UNDONE, OrderState


class Order(HasTerms, BoundRow, Record):
    """A buyer's wish to have what is listed, at the price at which it was listed then.

    `terms`, `plan` and `price` are what is agreed for this order. Everything after placing reads
    them here, and never at the listing. `sale_number` is which of the `quota` sales of its
    listing it takes; two live orders never have the same. `revision` is what the listing offered
    then: what is bought once, and where later revisions are due the first of them.
    """

    NUMBERED: ClassVar[str] = "ORD"

    listing = models.ForeignKey(Listing, models.PROTECT, related_name="orders")
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="orders")
    buyer = models.ForeignKey(Organization, models.PROTECT, related_name="orders")
    placed_by_id = models.UUIDField(_("placed by"))
    purpose = models.CharField(_("purpose"), max_length=600)
    terms = models.JSONField(_("terms"), default=dict)
    plan = models.JSONField(_("price plan"), default=dict)
    tier = models.CharField(_("size"), max_length=20, blank=True)
    price = MoneyField(_("price"))
    currency = models.CharField(_("currency"), max_length=3)
    is_exclusive = models.BooleanField(_("exclusive"), default=False)
    quota = models.PositiveIntegerField(_("number of sales"), null=True)
    sale_number = models.PositiveIntegerField(_("number of the sale"), null=True)
    request_key = models.CharField(_("request key"), max_length=64)
    state = models.CharField(
        _("state"), max_length=10, choices=OrderState, default=OrderState.PLACED
    )
    answer_due_on = models.DateField(_("to be answered by"), null=True)
    reason = models.CharField(_("reason"), max_length=1000, blank=True)
    delivered_at = models.DateTimeField(_("delivered at"), null=True)
    acceptance_due_on = models.DateField(_("acceptance due on"), null=True)
    completed_at = models.DateTimeField(_("completed at"), null=True)
    ends_on = models.DateField(_("ends on"), null=True)

    class Meta:
        verbose_name = _("order")
        verbose_name_plural = _("orders")
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["buyer", "request_key"], name="orders_order_request_once"
            ),
            models.UniqueConstraint(
                fields=["listing"],
                condition=models.Q(is_exclusive=True) & ~models.Q(state__in=UNDONE),
                name="orders_one_order_of_exclusive_listing",
                violation_error_message=_(
                    "This is sold to one buyer alone, and is ordered already."
                ),
            ),
            models.UniqueConstraint(
                fields=["listing", "sale_number"],
                condition=models.Q(sale_number__isnull=False) & ~models.Q(state__in=UNDONE),
                name="orders_sale_of_listing_once",
                violation_error_message=_("This sale of the listing is taken already."),
            ),
            models.CheckConstraint(
                name="orders_sale_within_quota",
                condition=models.Q(quota__isnull=True, sale_number__isnull=True)
                | models.Q(
                    quota__isnull=False,
                    sale_number__isnull=False,
                    sale_number__gte=1,
                    sale_number__lte=models.F("quota"),
                ),
                violation_error_message=_("There are not so many sales of the listing."),
            ),
            models.CheckConstraint(
                name="orders_order_price_not_negative", condition=models.Q(price__gte=0)
            ),
        ]
        indexes = [
            models.Index(fields=["state", "acceptance_due_on"]),
            models.Index(fields=["state", "answer_due_on"]),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def number(self) -> str:
        """Return what people call it by."""
        return number_of(self.NUMBERED, self.pk)

    @property
    def agreed_terms(self) -> Terms:
        return Terms.from_json(self.terms)

    @property
    def agreed_plan(self) -> Plan:
        return plan_of(self.plan)

    @property
    def follows(self) -> bool:
        """Return whether its buyer gets each later revision too, by the plan that is agreed."""
        return self.agreed_plan.follows

    @property
    def rests_on(self) -> UUID | None:
        """Return the revision whose proofs it goes on resting on; None is the listing's newest."""
        return None if self.follows else self.revision_id

    @property
    def due_first(self) -> Decimal:
        """Return what is paid before delivery."""
        return self.agreed_plan.amount_due_first

    @property
    def is_negotiating(self) -> bool:
        """Whether the two sides have not agreed yet."""
        return self.state in NEGOTIATING

    @property
    def awaits_signatures(self) -> bool:
        """Whether its contract is to be signed by both sides."""
        return self.state == OrderState.ACCEPTED

    @property
    def awaits_payment(self) -> bool:
        """Whether nothing goes on before it is paid."""
        return self.state == OrderState.SIGNED

    @property
    def is_open_to_buyer(self) -> bool:
        """Whether its data was opened to the buyer, and the contract has not ended since."""
        return self.state in OPEN_TO_BUYER

    @property
    def concerns(self) -> tuple[str, ...]:
        """Return what else a fact about it concerns, as subjects of the ledger."""
        return (
            f"listing:{self.listing_id}",
            f"organization:{self.buyer_id}",
            *self.listing.concerns,
        )


freeze(
    Order,
    {
        BY_DIGEST: [
            *("revision_id", "terms", "plan", "price", "reason", "answer_due_on"),
            *("acceptance_due_on", "provisional", "delivered_at", "completed_at", "ends_on"),
        ],
        STEP: ["state"],
    },
)
bind(Order, "order")
