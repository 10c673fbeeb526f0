"""Datasets, as their holders describe and grade them, and as a reviewer approved that."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.models import Organization
from marketplace.catalog.dataset.choices import (
    AssetKind,
    PersonalBasis,
    SourceKind,
    Theme,
    UpdateFrequency,
)
from marketplace.catalog.dataset.grading import Grade
from marketplace.catalog.dataset.states import DatasetState
from marketplace.core import append_only
from marketplace.core.records import Record

# Datasets: what an organization says of data that it holds.


class Described(Record):
    """What is said of data: its description and its grade.

    `impacts` holds objects `{"object", "degree"}` from which `grade` follows; `negative_list`
    holds codes of `grading.NegativeItem`. `personal_basis` is "" until it is known. `form` is
    within what a feed may bring without another review, as it was submitted (see `feed.form`).
    """

    title = models.CharField(_("title"), max_length=40)
    abstract = models.CharField(_("abstract"), max_length=400)
    theme = models.CharField(_("theme"), max_length=20, choices=Theme)
    asset_kind = models.CharField(_("asset kind"), max_length=16, choices=AssetKind)
    source_kind = models.CharField(_("source"), max_length=24, choices=SourceKind)
    source_description = models.CharField(_("how it was collected"), max_length=500)
    legal_basis = models.CharField(_("legal basis"), max_length=300)
    personal_basis = models.CharField(
        _("basis for personal information"), max_length=12, choices=PersonalBasis, blank=True
    )
    region = models.CharField(_("region"), max_length=60)
    time_scope = models.CharField(_("time scope"), max_length=60)
    update_frequency = models.CharField(
        _("update frequency"), max_length=12, choices=UpdateFrequency
    )
    contact = models.CharField(_("contact"), max_length=200)
    impacts = models.JSONField(_("possible harm"), default=list, blank=True)
    negative_list = models.JSONField(_("negative list"), default=list, blank=True)
    grade = models.CharField(_("grade"), max_length=12, choices=Grade, blank=True)
    form = models.JSONField(_("approved form"), default=dict, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title


class Dataset(Described):
    """Data that an organization registered, through all its versions.

    What it says is the officers' to change while it is in preparation. What a reviewer approved of
    a version stands in `ApprovedContent`, and that alone counts for what is on offer.
    """

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="datasets")
    state = models.CharField(
        _("state"), max_length=10, choices=DatasetState, default=DatasetState.DRAFT
    )
    reason = models.CharField(_("reason"), max_length=1000, blank=True)
    is_derived = models.BooleanField(_("made from other data"), default=False)
    """Whether an origin of it holds: most have none, and need not be asked for any."""
    is_model = models.BooleanField(_("trained model"), default=False)
    """Whether it is a model, which has one version and takes no data."""
    request_key = models.CharField(_("request key"), max_length=64, blank=True)

    class Meta:
        verbose_name = _("dataset")
        verbose_name_plural = _("datasets")
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "request_key"],
                name="catalog_dataset_request_once",
                condition=~models.Q(request_key=""),
            )
        ]

    @property
    def is_approved(self) -> bool:
        """Whether content review approved it as it is now; other data then opens it again."""
        return self.state == DatasetState.APPROVED

    @property
    def is_retired(self) -> bool:
        """Whether it is out of use for good."""
        return self.state == DatasetState.RETIRED


class ApprovedContent(Described):
    """What a dataset said when a reviewer approved its content."""

    dataset = models.ForeignKey(Dataset, models.PROTECT, related_name="approvals")

    class Meta:
        verbose_name = _("approved content")
        verbose_name_plural = _("approved contents")
        ordering = ["-created_at"]

    @classmethod
    def of(cls, dataset: Dataset) -> ApprovedContent:
        """Return what a dataset says now, to be kept as approved."""
        own = {field.name for field in Record._meta.local_fields}
        said = [field.name for field in Described._meta.local_fields if field.name not in own]
        return cls(dataset=dataset, **{name: getattr(dataset, name) for name in said})


append_only.register("catalog_approvedcontent", key=["id"])
