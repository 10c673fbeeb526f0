"""Past trades to compare with, without a word on who traded."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.catalog.choices import AssetKind, Theme
from marketplace.core.money import MoneyField
from marketplace.core.records import Record


class Comparable(Record):
    """A settled trade of this centre: what kind of data, how much of it, at which price.

    It names neither side and no dataset. `trade_digest` is the SHA-256 of the trade's key and only
    keeps a trade from being noted twice. `price` is what the seller could keep of it: what goes
    back later lowers it, down to 0, where nothing was traded in the end. `completeness` is the
    share of filled cells, where it was measured.
    """

    trade_digest = models.CharField(_("digest of the trade"), max_length=64, unique=True)
    theme = models.CharField(_("theme"), max_length=20, choices=Theme)
    asset_kind = models.CharField(_("asset kind"), max_length=16, choices=AssetKind)
    rows = models.BigIntegerField(_("rows"))
    column_count = models.PositiveIntegerField(_("columns"))
    completeness = models.DecimalField(
        _("share of filled cells"), max_digits=5, decimal_places=4, null=True
    )
    is_exclusive = models.BooleanField(_("exclusive"))
    price = MoneyField(_("price"))
    currency = models.CharField(_("currency"), max_length=3)
    settled_on = models.DateField(_("settled on"))

    class Meta:
        verbose_name = _("past trade")
        verbose_name_plural = _("past trades")
        ordering = ["-settled_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="appraisal_comparable_price_not_negative", condition=models.Q(price__gte=0)
            )
        ]
        indexes = [models.Index(fields=["theme", "-settled_on"])]

    def __str__(self) -> str:
        return f"{self.get_theme_display()} {self.settled_on}"
