"""What a dataset was made from."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.catalog.dataset.models import Dataset
from marketplace.catalog.lineage.choices import OriginKind
from marketplace.catalog.version.models import DatasetVersion
from marketplace.core.records import Record


class Origin(Record):
    """One thing that a dataset was made from, as an officer declared it.

    `upstream` is the dataset here, None for data from elsewhere; `upstream_version` the version
    that was bought. `reference` is the order, or what data from elsewhere is called there, and
    `credential_sha256` the digest of a credential about it, "" for none. `forbids_offering` is what
    the contract says by which it was bought. It holds until a reviewer
    has withdrawn it: whoever sells what was made of frozen data could else unsay it.
    """

    dataset = models.ForeignKey(Dataset, models.PROTECT, related_name="origins")
    kind = models.CharField(_("kind"), max_length=9, choices=OriginKind)
    upstream = models.ForeignKey(Dataset, models.PROTECT, null=True, related_name="descents")
    upstream_version = models.ForeignKey(
        DatasetVersion, models.PROTECT, null=True, related_name="descents"
    )
    reference = models.CharField(_("reference"), max_length=120, blank=True)
    credential_sha256 = models.CharField(_("SHA-256 of the credential"), max_length=64, blank=True)
    forbids_offering = models.BooleanField(_("nothing made from it may be offered"), default=False)
    declared_by_id = models.UUIDField(_("declared by"))
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True)
    withdrawn_by_id = models.UUIDField(_("withdrawn by"), null=True)
    reason = models.CharField(_("reason"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("origin of data")
        verbose_name_plural = _("origins of data")
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["dataset", "upstream"],
                condition=models.Q(withdrawn_at=None, upstream__isnull=False),
                name="catalog_origin_once",
            ),
            models.CheckConstraint(
                name="catalog_origin_is_here_or_elsewhere",
                condition=models.Q(kind=OriginKind.ELSEWHERE, upstream=None)
                | (~models.Q(kind=OriginKind.ELSEWHERE) & models.Q(upstream__isnull=False)),
            ),
            models.CheckConstraint(
                name="catalog_origin_is_another",
                condition=models.Q(upstream=None) | ~models.Q(upstream=models.F("dataset")),
                violation_error_message=_("Nothing is made from itself."),
            ),
            models.CheckConstraint(
                name="catalog_origin_is_withdrawn_by_somebody",
                condition=models.Q(withdrawn_at=None, withdrawn_by_id=None)
                | models.Q(withdrawn_at__isnull=False, withdrawn_by_id__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["upstream", "withdrawn_at"])]

    def __str__(self) -> str:
        return f"{self.dataset} ← {self.upstream or self.reference}"
