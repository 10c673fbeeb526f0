"""What a seller offers."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.models import Organization
from marketplace.appraisal.appraisal.models import Appraisal
from marketplace.core import MoneyField
from marketplace.core.choices import named_in_api
from marketplace.core.frozen import excuse
from marketplace.core.records import Record
from marketplace.preparation.report.models import RiskReport
from marketplace.rights.certificate.models import Certificate
from marketplace.trading.listings.listing.states import OFF_MARKET, ON_MARKET, ListingState
from marketplace.trading.listings.mode.base import Mode
from marketplace.trading.listings.mode.file import FILE
from marketplace.trading.listings.mode.modes import MODES, modes_to_choose
from marketplace.trading.listings.plans import Plan, PricePer, plan_of
from marketplace.trading.listings.plans.base import UNIT_PLACES
from marketplace.trading.listings.product.models import Product
from marketplace.trading.listings.revision.models import Revision
from marketplace.trading.listings.sale.values import Visibility


@named_in_api()
class Suspension(models.TextChoices):
    """Who took a listing off the market for the time being."""

    SELLER = "seller", _("The seller")
    CENTRE = "centre", _("The centre")
    GATE = "gate", _("A proof that no longer stands")


class Listing(Record):
    """An offer of a product: a revision of it with a price, terms and proofs that let it be sold.

    The database holds that `revision` is one of `product`, and `organization` its seller.
    `replaces` names the listing whose place it takes when it is published.
    `visible_kinds` holds codes with a comma before and after each, so that SQL finds one in it.
    `price` is the plan's `price_as_paid`: of a period, of a unit, of the whole.
    The proofs are bound when the listing is submitted. `sheet` is everything that a buyer decides
    on, frozen at publication; `sheet_digest` is the SHA-256 of its canonical JSON. What the market
    is searched by is copied from it: `search_text`, casefolded, and the columns behind it.
    """

    product = models.ForeignKey(
        Product, models.PROTECT, related_name="listings", verbose_name=_("product")
    )
    revision = models.ForeignKey(
        Revision, models.PROTECT, related_name="listings", verbose_name=_("revision")
    )
    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="listings", verbose_name=_("seller")
    )
    certificate = models.ForeignKey(Certificate, models.PROTECT, null=True, related_name="+")
    risk_report = models.ForeignKey(RiskReport, models.PROTECT, null=True, related_name="+")
    appraisal = models.ForeignKey(Appraisal, models.PROTECT, null=True, related_name="+")
    title = models.CharField(_("title"), max_length=80)
    summary = models.CharField(_("summary"), max_length=600)
    scenarios = models.CharField(_("application scenarios"), max_length=600, blank=True)
    terms = models.JSONField(_("terms"), default=dict)
    plan = models.JSONField(_("price plan"), default=dict)
    price = MoneyField(_("price"), decimal_places=UNIT_PLACES)
    currency = models.CharField(_("currency"), max_length=3)
    quota = models.PositiveIntegerField(_("number of sales"), null=True)
    on_sale_from = models.DateField(_("on sale from"), null=True)
    on_sale_until = models.DateField(_("on sale until"), null=True)
    visibility = models.CharField(
        _("visible to"), max_length=7, choices=Visibility, default=Visibility.PUBLIC
    )
    visible_kinds = models.CharField(_("kinds of organizations"), max_length=100, blank=True)
    delivery_mode = models.CharField(
        _("delivery"), max_length=10, choices=modes_to_choose, default=FILE.name
    )
    state = models.CharField(
        _("state"), max_length=10, choices=ListingState, default=ListingState.DRAFT
    )
    replaces = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="successors", verbose_name=_("replaces")
    )
    submitted_by_id = models.UUIDField(_("submitted by"), null=True)
    sheet = models.JSONField(_("sheet"), null=True)
    sheet_digest = models.CharField(_("digest of the sheet"), max_length=64, blank=True)
    search_text = models.TextField(default="", blank=True)
    theme = models.CharField(max_length=20, default="", blank=True)
    asset_kind = models.CharField(max_length=16, default="", blank=True)
    region = models.CharField(max_length=60, default="", blank=True)
    published_at = models.DateTimeField(_("published at"), null=True)
    suspension = models.CharField(_("suspended by"), max_length=6, choices=Suspension, blank=True)
    reason = models.CharField(_("reason"), max_length=1000, blank=True)

    class Meta:
        verbose_name = _("listing")
        verbose_name_plural = _("listings")
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                name="listings_listing_price_not_negative",
                condition=models.Q(price__gte=0),
                violation_error_message=_("A price is not negative."),
            ),
            models.CheckConstraint(
                name="listings_listing_published_with_proofs",
                condition=~models.Q(state=ListingState.PUBLISHED)
                | models.Q(
                    certificate__isnull=False,
                    risk_report__isnull=False,
                    appraisal__isnull=False,
                    sheet__isnull=False,
                ),
                violation_error_message=_("A listing is published with all its proofs."),
            ),
            models.UniqueConstraint(
                fields=["replaces"],
                condition=models.Q(state__in=(*ON_MARKET, *OFF_MARKET)),
                name="listings_listing_replaced_once",
                violation_error_message=_("Another listing has replaced it already."),
            ),
        ]
        indexes = [
            models.Index(fields=["state", "-published_at"]),
            models.Index(fields=["state", "-created_at", "-id"], name="listings_listing_by_age"),
            models.Index(
                fields=["state", "theme", "-published_at"], name="listings_listing_by_theme"
            ),
            models.Index(fields=["state", "price"], name="listings_listing_by_price"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def delivery(self) -> Mode:
        return MODES[self.delivery_mode]

    @property
    def is_exclusive(self) -> bool:
        """Return whether it is sold to one buyer alone."""
        return bool(self.terms.get("is_exclusive"))

    @property
    def is_suspended(self) -> bool:
        return self.state == ListingState.SUSPENDED

    @property
    def kinds(self) -> tuple[str, ...]:
        """Return the kinds of organizations to which it is shown."""
        return tuple(filter(None, self.visible_kinds.split(",")))

    @property
    def price_plan(self) -> Plan:
        return plan_of(self.plan)

    @property
    def price_per(self) -> PricePer:
        return self.price_plan.price_per

    @property
    def price_brief(self) -> str:
        """Return its price in a few words."""
        return self.price_plan.brief(self.currency)

    @property
    def concerns(self) -> tuple[str, ...]:
        """Return what else a fact about it concerns, as subjects of the ledger."""
        return self.product.concerns


class ListingInvitation(Record):
    """An organization that sees a listing which is not for everybody."""

    listing = models.ForeignKey(Listing, models.CASCADE, related_name="invitations")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("invitation to a listing")
        verbose_name_plural = _("invitations to listings")
        constraints = [
            models.UniqueConstraint(
                fields=["listing", "organization"], name="listings_invited_to_listing_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)


excuse(
    Listing, {"offered, not owed: a contract keeps what both sides agreed, and is bound": ["price"]}
)
