"""The demand board: what buyers look for and nobody lists, and who answers."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.models import Organization
from marketplace.core import MoneyField
from marketplace.core.frozen import excuse
from marketplace.core.records import Record
from marketplace.trading.listings.demand.states import DemandState
from marketplace.trading.listings.listing.models import Listing


class Demand(Record):
    """A buyer's request for data that is not listed. The budget is optional."""

    buyer = models.ForeignKey(Organization, models.PROTECT, related_name="demands")
    posted_by_id = models.UUIDField(_("posted by"))
    title = models.CharField(_("title"), max_length=80)
    wanted = models.CharField(_("what is wanted"), max_length=2000)
    purpose = models.CharField(_("purpose"), max_length=600)
    budget_from = MoneyField(_("budget from"), null=True)
    budget_to = MoneyField(_("budget to"), null=True)
    currency = models.CharField(_("currency"), max_length=3)
    open_until = models.DateField(_("open until"))
    request_key = models.CharField(_("request key"), max_length=64)
    state = models.CharField(
        _("state"), max_length=10, choices=DemandState, default=DemandState.OPEN
    )

    class Meta:
        verbose_name = _("request for data")
        verbose_name_plural = _("requests for data")
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["buyer", "request_key"], name="listings_demand_request_once"
            ),
            models.CheckConstraint(
                name="listings_demand_budget_in_order",
                condition=models.Q(budget_from__isnull=True)
                | models.Q(budget_to__isnull=True)
                | models.Q(budget_from__lte=models.F("budget_to")),
            ),
            models.CheckConstraint(
                name="listings_demand_budget_not_negative",
                condition=(models.Q(budget_from__isnull=True) | models.Q(budget_from__gte=0))
                & (models.Q(budget_to__isnull=True) | models.Q(budget_to__gte=0)),
            ),
        ]
        indexes = [models.Index(fields=["state", "open_until"])]

    def __str__(self) -> str:
        return self.title


class DemandAnswer(Record):
    """What a seller answers: a listing, or that they are willing, in words."""

    demand = models.ForeignKey(Demand, models.PROTECT, related_name="answers")
    seller = models.ForeignKey(Organization, models.PROTECT, related_name="demand_answers")
    person_id = models.UUIDField(_("answered by"))
    listing = models.ForeignKey(
        Listing, models.PROTECT, null=True, related_name="demand_answers", verbose_name=_("listing")
    )
    message = models.CharField(_("message"), max_length=1000, blank=True)

    class Meta:
        verbose_name = _("answer to a request")
        verbose_name_plural = _("answers to requests")
        ordering = ["created_at"]
        constraints = [
            models.CheckConstraint(
                name="listings_demand_answer_says_something",
                condition=models.Q(listing__isnull=False) | ~models.Q(message=""),
            ),
            models.UniqueConstraint(
                fields=["demand", "seller", "listing"],
                condition=models.Q(listing__isnull=False),
                name="listings_demand_answer_by_listing_once",
            ),
            models.UniqueConstraint(
                fields=["demand", "seller", "message"],
                condition=models.Q(listing__isnull=True),
                name="listings_demand_answer_in_words_once",
            ),
        ]

    def __str__(self) -> str:
        return self.message[:40] or str(self.listing_id)


excuse(
    Demand,
    {
        "offered, not owed: a contract keeps what both sides agreed, and is bound": [
            "budget_from",
            "budget_to",
        ]
    },
)
