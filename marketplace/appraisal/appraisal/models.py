"""Valuations, the methods they were reached by, and what they were compared with."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.models import Organization
from marketplace.appraisal.appraisal.states import UNDECIDED, AppraisalState
from marketplace.catalog.dataset.choices import AssetKind, Theme
from marketplace.catalog.dataset.models import Dataset
from marketplace.catalog.version.models import DatasetVersion
from marketplace.core import MoneyField, versions
from marketplace.core.choices import named_in_api
from marketplace.core.frozen import excuse
from marketplace.core.records import Record
from marketplace.credentials.models import Credential
from marketplace.rights.certificate.models import Certificate

# Past trades to compare with, without a word on who traded.


class Comparable(Record):
    """A settled trade of this centre: what kind of data, how much of it, at which price.

    It names neither side and no dataset. `trade_digest` is the SHA-256 of the trade's key and only
    keeps a trade from being noted twice. `price` is what the seller could keep of it: what goes
    back later lowers it, down to 0, where nothing was traded in the end. `quality` is the lowest
    characteristic that was measured of the data, as a share, where any was.
    """

    trade_digest = models.CharField(_("digest of the trade"), max_length=64, unique=True)
    theme = models.CharField(_("theme"), max_length=20, choices=Theme)
    asset_kind = models.CharField(_("asset kind"), max_length=16, choices=AssetKind)
    rows = models.BigIntegerField(_("rows"))
    column_count = models.PositiveIntegerField(_("columns"))
    quality = models.DecimalField(_("quality"), max_digits=5, decimal_places=4, null=True)
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


# The ways to a value that the centre offers, by the names of the `valuation` library.


@named_in_api()
class Method(models.TextChoices):
    """What the figure of a valuation, or of one approach to it, was computed by."""

    COST = "cost", _("Cost approach")
    INCOME = "income", _("Income approach")
    MARKET = "market", _("Market approach")
    RECONCILE = "reconcile", _("Several approaches, reconciled")
    OPTIONS = "options", _("Real option")


APPROACHES = (Method.COST, Method.INCOME, Method.MARKET)
"""What a value may rest on, alone or together."""

BESIDE = (Method.OPTIONS,)
"""What is shown beside the value and never counts towards it."""


# Valuations on record.


@named_in_api("AppraisalPurpose")
class Purpose(models.TextChoices):
    TRADE = "trade", _("Reference for a listing price")
    MANAGEMENT = "management", _("Internal management")
    DISCLOSURE = "disclosure", _("Disclosure beside the accounts")


class Appraisal(Record):
    """What a desensitized version is worth to whoever holds the right, as a reference value.

    `inputs` and `result` are those of the one approach, or of the reconciliation of several, as
    `valuation` takes and gives them: enough to compute the same cents again. The value lies between
    `low` and `high`, which differ where several approaches do. `result_digest` is the SHA-256 of
    what `documents.document_of` answers: the figure with every approach behind it.
    """

    dataset = models.ForeignKey(Dataset, models.PROTECT, related_name="appraisals")
    version = models.ForeignKey(DatasetVersion, models.PROTECT, related_name="appraisals")
    certificate = models.ForeignKey(Certificate, models.PROTECT, related_name="appraisals")
    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="appraisals", verbose_name=_("organization")
    )
    method = models.CharField(_("method"), max_length=20, choices=Method)
    purpose = models.CharField(_("purpose"), max_length=12, choices=Purpose)
    inputs = models.JSONField(_("inputs"))
    result = models.JSONField(_("result"))
    result_digest = models.CharField(_("digest of the result"), max_length=64)
    library_version = models.CharField(_("version of the library"), max_length=20)
    amount = MoneyField(_("value"))
    low = MoneyField(_("lowest value"))
    high = MoneyField(_("highest value"))
    currency = models.CharField(_("currency"), max_length=3)
    valued_on = models.DateField(_("valuation date"))
    valid_until = models.DateField(_("valid until"), null=True)
    state = models.CharField(
        _("state"), max_length=10, choices=AppraisalState, default=AppraisalState.DRAFT
    )
    submitted_by_id = models.UUIDField(_("submitted by"), null=True)
    reason = models.CharField(_("reason"), max_length=1000, blank=True)
    credential = models.ForeignKey(Credential, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("valuation")
        verbose_name_plural = _("valuations")
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["dataset", "organization"],
                condition=models.Q(state=AppraisalState.IN_FORCE),
                name="appraisal_one_in_force",
            ),
            models.UniqueConstraint(
                fields=["dataset", "organization"],
                condition=models.Q(state__in=UNDECIDED),
                name="appraisal_one_undecided",
                violation_error_message=_("There is an unfinished valuation already."),
            ),
            models.CheckConstraint(
                name="appraisal_amount_not_negative",
                condition=models.Q(amount__gte=0),
                violation_error_message=_("A value is not negative."),
            ),
            models.CheckConstraint(
                name="appraisal_amount_in_range",
                condition=models.Q(low__lte=models.F("amount"), high__gte=models.F("amount")),
                violation_error_message=_("The value lies in its range."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dataset} {self.valued_on}"


# The approaches behind a valuation.


class Approach(Record):
    """One way to the value, with its inputs and everything to compute it again.

    `weight` is its share in the value, from 0 to 1, and `reason` says why. A figure that is shown
    beside the value and never counts towards it has no weight.
    """

    appraisal = models.ForeignKey(Appraisal, models.PROTECT, related_name="approaches")
    position = models.PositiveIntegerField(_("position"))
    method = models.CharField(_("method"), max_length=20, choices=Method)
    inputs = models.JSONField(_("inputs"))
    result = models.JSONField(_("result"))
    library_version = models.CharField(_("version of the library"), max_length=20)
    amount = MoneyField(_("value"))
    weight = models.DecimalField(_("weight"), max_digits=7, decimal_places=6, null=True)
    reason = models.CharField(_("reason for the weight"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("approach")
        verbose_name_plural = _("approaches")
        ordering = ["appraisal", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["appraisal", "method"],
                name="appraisal_approach_once",
                violation_error_message=_("A valuation takes each approach once."),
            ),
            models.CheckConstraint(
                name="appraisal_approach_weight_is_share",
                condition=models.Q(weight=None, method__in=BESIDE)
                | models.Q(weight__gte=0, weight__lte=1) & ~models.Q(method__in=BESIDE),
                violation_error_message=_("A weight is from 0 to 1."),
            ),
        ]

    def __str__(self) -> str:
        return self.get_method_display()


versions.register(Appraisal, "approaches")


FIGURES = "the figures of a valuation: its certificate says them, and is bound"
excuse(Appraisal, {FIGURES: ["amount", "low", "high"]})
excuse(Approach, {FIGURES: ["amount"]})
excuse(Comparable, {"a trade that valuations are compared with; nobody pays by it": ["price"]})
