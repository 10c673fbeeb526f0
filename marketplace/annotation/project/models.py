"""Labelling projects, their guidelines and the items that are labelled."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.models import Organization
from marketplace.annotation.kinds.kind import Scheme
from marketplace.annotation.kinds.registry import CHOICES
from marketplace.annotation.project.sampling import QualityLimit
from marketplace.annotation.project.scheme import scheme_of
from marketplace.annotation.project.states import ProjectState
from marketplace.catalog.version.models import DatasetVersion
from marketplace.core import MoneyField, append_only, versions
from marketplace.core.frozen import excuse
from marketplace.core.records import Record

LONGEST_TITLE = 80
LONGEST_GUIDELINE = 10_000
LONGEST_EXAMPLES = 4000


class LabellingProject(Record):
    """What is asked of the first rows of one masked version, and which organizations label them.

    `classes` holds the code and the name of each class; `columns` names what annotators are shown.
    Of `rows` rows, `overlap_percent` are labelled by `overlap_count` annotators each, who do not
    know of each other. A batch has `batch_size` items, of which `gold_percent` are gold items.
    Whoever has `pass_percent` of their first gold items right may label. A batch is accepted by a
    sample under `quality_limit`, and each of its labelled items then paid `price`.
    """

    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="labelling_projects"
    )
    version = models.ForeignKey(
        DatasetVersion, models.PROTECT, related_name="labelling_projects", verbose_name=_("version")
    )
    title = models.CharField(_("title"), max_length=LONGEST_TITLE)
    kind = models.CharField(_("what is asked"), max_length=8, choices=CHOICES)
    classes = models.JSONField(_("classes"), default=list)
    columns = models.JSONField(_("columns shown"), default=list)
    rows = models.PositiveIntegerField(_("rows to label"))
    overlap_percent = models.PositiveSmallIntegerField(_("share labelled by several"))
    overlap_count = models.PositiveSmallIntegerField(_("annotators of such an item"))
    gold_percent = models.PositiveSmallIntegerField(_("share of gold items"))
    batch_size = models.PositiveSmallIntegerField(_("items of a batch"))
    pass_percent = models.PositiveSmallIntegerField(_("share that is right to qualify"))
    quality_limit = models.CharField(
        _("acceptance quality limit"), max_length=3, choices=QualityLimit
    )
    price = MoneyField(_("price of an accepted item"))
    currency = models.CharField(_("currency"), max_length=3)
    admitted = models.ManyToManyField(
        Organization, related_name="labelling_open_to", verbose_name=_("admitted organizations")
    )
    opened_by_id = models.UUIDField(_("opened by"))
    state = models.CharField(
        _("state"), max_length=9, choices=ProjectState, default=ProjectState.DRAFT
    )

    class Meta:
        verbose_name = _("labelling project")
        verbose_name_plural = _("labelling projects")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.title

    @property
    def scheme(self) -> Scheme:
        return scheme_of(self.kind, self.classes)

    @property
    def is_draft(self) -> bool:
        """Return whether annotators do not see it yet."""
        return self.state == ProjectState.DRAFT

    @property
    def is_closed(self) -> bool:
        return self.state == ProjectState.CLOSED

    @property
    def is_ending(self) -> bool:
        """Return whether it is being closed, and batches are still to be decided on."""
        return self.state == ProjectState.ENDING

    @property
    def subject(self) -> str:
        """Return how the ledger names it."""
        return f"labelling:{self.pk}"

    @property
    def concerns(self) -> tuple[str, ...]:
        """Return what else its owner's facts concern; those of annotators name none of it."""
        return (
            f"version:{self.version_id}",
            f"dataset:{self.version.dataset_id}",
            f"organization:{self.organization_id}",
        )


versions.register(LabellingProject, "admitted")


class Guideline(Record):
    """How items are labelled, with examples: one edition; a later one stands beside it."""

    project = models.ForeignKey(LabellingProject, models.PROTECT, related_name="guidelines")
    number = models.PositiveIntegerField(_("edition"))
    text = models.CharField(_("guideline"), max_length=LONGEST_GUIDELINE)
    examples = models.CharField(_("examples"), max_length=LONGEST_EXAMPLES, blank=True)
    written_by_id = models.UUIDField(_("written by"))

    class Meta:
        verbose_name = _("labelling guideline")
        verbose_name_plural = _("labelling guidelines")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "number"], name="annotation_guideline_number"
            )
        ]

    def __str__(self) -> str:
        return f"{self.project} {self.number}"


append_only.register("annotation_guideline", key=["id", "project_id,number"])


class Item(Record):
    """A row of the version that is labelled, counted from 1.

    `needed` annotators label it, `taken` have it in a batch or have labelled it. A gold item has
    the right answer and is given to whoever is measured; it does not count among those to label.
    One that is gone stands in no later version: nobody is shown it, and its labels leave nothing.
    """

    project = models.ForeignKey(LabellingProject, models.PROTECT, related_name="items")
    row = models.PositiveIntegerField(_("row"))
    needed = models.PositiveSmallIntegerField(_("annotators needed"), default=0)
    taken = models.PositiveSmallIntegerField(_("annotators so far"), default=0)
    gold = models.JSONField(_("right answer"), null=True)
    is_gone = models.BooleanField(_("its row left the data"), default=False)

    class Meta:
        verbose_name = _("labelling item")
        verbose_name_plural = _("labelling items")
        ordering = ["row"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "row"],
                condition=models.Q(is_gone=False),
                name="annotation_item_once",
            ),
            models.CheckConstraint(
                name="annotation_gold_is_not_counted",
                condition=models.Q(gold__isnull=True, needed__gt=0)
                | models.Q(gold__isnull=False, needed=0, taken=0),
            ),
            models.CheckConstraint(
                name="annotation_item_not_taken_too_often",
                condition=models.Q(taken__lte=models.F("needed")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project_id} {self.row}"


excuse(
    LabellingProject, {"what a batch was paid by stands in its pay, which only grows": ["price"]}
)
