"""An income share: what a source of a listing's data gets of its seller's income."""

from __future__ import annotations

from decimal import ROUND_DOWN, Decimal
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.models import Organization
from marketplace.core.choices import named_in_api
from marketplace.core.records import Record
from marketplace.trading.listings.income_share.states import ShareState
from marketplace.trading.listings.listing.models import Listing

FINEST = Decimal("0.000001")


def percent_of(rate: Decimal) -> str:
    """Write a share from 0 to 1 in percent, with all its places, as a contract does."""
    return f"{(rate * 100).normalize():f} %"


@named_in_api()
class ShareGround(models.TextChoices):
    CO_OWNER = "co_owner", _("Co-owner of the data")
    SOURCE = "source", _("Agency that the data came from")
    LABELLING = "labelling", _("Labelling organization")
    DEALER = "dealer", _("Data dealer")


class ShareProposal(Record):
    """Shares that were reckoned together, by what each source brings; they stand or fall together.

    `reckoning` says how they came about, of which bytes; `digest` is the SHA-256 of its canonical
    JSON, which each contract names that the shares stand in.
    """

    listing = models.ForeignKey(Listing, models.PROTECT, related_name="share_proposals")
    reckoning: models.JSONField[Any, Any] = models.JSONField(_("how they came about"))
    digest = models.CharField(_("digest"), max_length=64)
    proposed_by_id = models.UUIDField(_("proposed by"))

    class Meta:
        verbose_name = _("proposal of shares")
        verbose_name_plural = _("proposals of shares")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.digest[:16]

    @property
    def sources(self) -> list[dict[str, str]]:
        """Return what each source brings, with its share in percent."""
        return [
            {**one, "percent": percent_of(Decimal(one["rate"]))}
            for one in self.reckoning["sources"]
        ]


class IncomeShare(Record):
    """What an organization gets of the seller's income from a listing, of each later contract.

    `rate` is the share, from 0 to 1. Where `rows` of `of_rows` are the organization's, it gets
    that part of the rate. What is agreed stands in each contract that is drawn up afterwards; a
    contract keeps what it names.
    """

    listing = models.ForeignKey(Listing, models.PROTECT, related_name="income_shares")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="income_shares")
    ground = models.CharField(_("ground"), max_length=9, choices=ShareGround)
    rate = models.DecimalField(_("share of the income"), max_digits=7, decimal_places=6)
    proposal = models.ForeignKey(
        ShareProposal,
        models.PROTECT,
        null=True,
        related_name="shares",
        verbose_name=_("proposal of shares"),
    )
    rows = models.PositiveBigIntegerField(_("rows that are theirs"), null=True)
    of_rows = models.PositiveBigIntegerField(_("rows in all"), null=True)
    state = models.CharField(
        _("state"), max_length=8, choices=ShareState, default=ShareState.PROPOSED
    )
    proposed_by_id = models.UUIDField(_("proposed by"))
    answered_by_id = models.UUIDField(_("answered by"), null=True)
    answered_at = models.DateTimeField(_("answered at"), null=True)

    class Meta:
        verbose_name = _("income share")
        verbose_name_plural = _("income shares")
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["listing", "organization"],
                condition=models.Q(state__in=(ShareState.PROPOSED, ShareState.AGREED)),
                name="listings_income_share_once",
            ),
            models.CheckConstraint(
                name="listings_income_share_is_a_part",
                condition=models.Q(rate__gt=0, rate__lt=1),
            ),
            models.CheckConstraint(
                name="listings_income_share_rows_of_all",
                condition=models.Q(rows=None, of_rows=None)
                | models.Q(rows__gt=0, rows__lte=models.F("of_rows")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization} {self.effective}"

    @property
    def percent(self) -> str:
        """Return the share in percent, with all its places."""
        return percent_of(self.effective)

    @property
    def whole_percent(self) -> str:
        """Return what all rows would give, in percent."""
        return percent_of(self.rate)

    @property
    def effective(self) -> Decimal:
        """Return the share of the income, from 0 to 1: by rows, where it goes by these."""
        if self.rows is None or self.of_rows is None:
            return self.rate
        return (self.rate * self.rows / self.of_rows).quantize(FINEST, rounding=ROUND_DOWN)
