"""What one version brought to a product."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.catalog.version.models import DatasetVersion
from marketplace.core import triggers
from marketplace.core.records import Record
from marketplace.preparation.report.models import Verdict
from marketplace.preparation.run.models import Run
from marketplace.trading.listings.product.models import Product
from marketplace.trading.listings.revision.triggers import statements


class Revision(Record):
    """A desensitized version as a revision of its product; all but `live_at` is frozen.

    `run` prepared the version, `policy_sha256` is the digest of the very policy that it followed,
    levels and all, and `verdict` what the attackers left of it then. A model has no run, and the
    digest of what its training was declared to be. `sha256` is that of the bytes
    to deliver, `period` the time that the data covers, as its dataset said it that day. `live_at`
    is when an offer of it was first on the market.
    """

    product = models.ForeignKey(Product, models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField(_("revision number"))
    version = models.OneToOneField(DatasetVersion, models.PROTECT, related_name="revision")
    run = models.OneToOneField(Run, models.PROTECT, null=True, related_name="+")
    policy_sha256 = models.CharField(_("digest of the policy"), max_length=64)
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    verdict = models.CharField(_("verdict"), max_length=24, choices=Verdict)
    period = models.CharField(_("time scope"), max_length=60, blank=True)
    live_at = models.DateTimeField(_("live since"), null=True)

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["product", "number"],
                name="listings_revision_number",
                violation_error_message=_("The product has a revision of this number already."),
            ),
            models.CheckConstraint(
                name="listings_revision_counts_from_one", condition=models.Q(number__gte=1)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product} #{self.number}"

    @property
    def prepared_by(self) -> Run:
        """Return the run that prepared a table, which always has one."""
        assert self.run is not None, "only a model has none"
        return self.run

    @property
    def concerns(self) -> tuple[str, ...]:
        """Return what else a fact about it concerns, as subjects of the ledger."""
        return (
            f"product:{self.product_id}",
            f"version:{self.version_id}",
            *self.product.concerns,
        )


class RevisionDifference(Record):
    """How a revision differs from the one that was live before it, for everybody to read.

    Of the first all rows were inserted. Where columns came or went these are named, and rows are
    not compared: all three counts are None.
    """

    revision = models.OneToOneField(Revision, models.PROTECT, related_name="difference")
    inserted = models.BigIntegerField(_("rows inserted"), null=True)
    updated = models.BigIntegerField(_("rows updated"), null=True)
    deleted = models.BigIntegerField(_("rows deleted"), null=True)
    added_columns = models.JSONField(_("columns added"), default=list)
    removed_columns = models.JSONField(_("columns removed"), default=list)
    retyped_columns = models.JSONField(_("columns of another type"), default=list)

    class Meta:
        verbose_name = _("difference of a revision")
        verbose_name_plural = _("differences of revisions")
        ordering = ["created_at"]

    def __str__(self) -> str:
        return str(self.revision)


triggers.declare(statements)
