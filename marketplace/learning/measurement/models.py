"""Measurements that buyers asked for."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.models import Organization
from marketplace.catalog.version.models import DatasetVersion
from marketplace.credentials.models import Credential
from marketplace.jobs.models import Job
from marketplace.jobs.states import JobState
from marketplace.learning.measurement.states import WITHOUT_RECEIPT
from marketplace.learning.training.declaration import Declaration
from marketplace.preparation.budget.models import EpsilonField
from marketplace.trading.listings.listing.models import Listing
from marketplace.vault.models import StoredFile


class Measurement(Job):
    """What a buyer wants measured.

    `version` has the bytes on offer. `hold_out` and `own_rows` are the buyer's, and destroyed at
    the end. `offered` says how the rows on offer are read, as the seller allowed it on that day
    (`training.offered.Offered`); `digest` is that of all that decides what is measured. From
    `charged_at` on its ε is spent, however it ends. One that was paid for
    and told nothing can be repeated: `repeats` is the one that paid, whose `wrapped_noise` serves
    every repeat, and is emptied once figures are told. `result` has the figures with their noise;
    exact ones are nowhere.
    """

    listing = models.ForeignKey(Listing, models.PROTECT, related_name="measurements")
    version = models.ForeignKey(DatasetVersion, models.PROTECT, related_name="measurements")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="measurements")
    requested_by_id = models.UUIDField(_("requested by"))
    hold_out = models.OneToOneField(StoredFile, models.PROTECT, related_name="+")
    own_rows = models.OneToOneField(StoredFile, models.PROTECT, related_name="+")
    declaration = models.JSONField(_("declaration"))
    offered = models.JSONField(_("how the rows on offer are read"))
    digest = models.CharField(_("digest of the request"), max_length=64)
    epsilon = EpsilonField(_("ε"))
    charged_at = models.DateTimeField(_("paid for at"), null=True)
    repeats = models.ForeignKey(
        "self", models.PROTECT, null=True, verbose_name=_("repeats"), related_name="repeated_by"
    )
    wrapped_noise = models.BinaryField(default=b"")
    result: models.JSONField[Any, Any] = models.JSONField(_("figures with noise"), null=True)
    credential = models.OneToOneField(Credential, models.PROTECT, null=True, related_name="+")

    class Meta(Job.Meta):
        verbose_name = _("measurement")
        verbose_name_plural = _("measurements")
        constraints = [
            *Job.Meta.constraints,
            models.UniqueConstraint(
                fields=["organization", "digest"],
                condition=~models.Q(state__in=sorted(WITHOUT_RECEIPT)),
                name="learning_measured_once",
                violation_error_message=_("This is measured already."),
            ),
            models.CheckConstraint(
                name="learning_measurement_done_with_receipt",
                condition=models.Q(
                    state=JobState.DONE, credential__isnull=False, result__isnull=False
                )
                | (~models.Q(state=JobState.DONE) & models.Q(credential=None, result__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.listing_id} {self.state}"

    @property
    def declared(self) -> Declaration:
        return Declaration.from_dict(self.declaration)

    @property
    def concerns(self) -> tuple[str, ...]:
        """Return what else an entry about it concerns: the buyer alone."""
        return (f"organization:{self.organization_id}",)
