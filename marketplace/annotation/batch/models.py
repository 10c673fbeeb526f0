"""Annotators of a project, their batches and labels, and every look at an item."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.models import Organization
from marketplace.annotation.batch.states import LABELLED, BatchState
from marketplace.annotation.project.models import Item, LabellingProject
from marketplace.core import append_only, clock
from marketplace.core.records import Record

LONGEST_SKIP = 200


def pseudonym_of(number: int) -> str:
    """Return how everybody but themself reads who an annotator is."""
    return f"A{number:03d}"


class Annotator(Record):
    """A person who labels in one project; all others know them by a number alone."""

    project = models.ForeignKey(LabellingProject, models.PROTECT, related_name="annotators")
    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="annotators", verbose_name=_("organization")
    )
    person_id = models.UUIDField(_("person"))
    number = models.PositiveIntegerField(_("number"))
    qualified_at = models.DateTimeField(_("qualified at"), null=True)

    class Meta:
        verbose_name = _("annotator")
        verbose_name_plural = _("annotators")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "person_id"], name="annotation_annotator_once"
            ),
            models.UniqueConstraint(
                fields=["project", "number"], name="annotation_annotator_number"
            ),
        ]

    def __str__(self) -> str:
        return self.pseudonym

    @property
    def pseudonym(self) -> str:
        """Return how everybody but the annotator reads who they are."""
        return pseudonym_of(self.number)

    @property
    def currency(self) -> str:
        return self.project.currency


class Batch(Record):
    """Some items that one annotator labels and hands in together.

    The items of a qualification are gold items all; they count for nothing else. When it is handed
    in the places of its sample are drawn, by which it is accepted.
    """

    annotator = models.ForeignKey(Annotator, models.PROTECT, related_name="batches")
    number = models.PositiveIntegerField(_("number"))
    is_qualification = models.BooleanField(_("qualification"), default=False)
    state = models.CharField(_("state"), max_length=13, choices=BatchState, default=BatchState.OPEN)
    round = models.PositiveSmallIntegerField(_("times handed in"), default=0)
    sample = models.JSONField(_("places of the sample"), default=list)
    taken_at = models.DateTimeField(_("taken at"), default=clock.now)
    handed_in_at = models.DateTimeField(_("handed in at"), null=True)

    class Meta:
        verbose_name = _("batch of items")
        verbose_name_plural = _("batches of items")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["annotator", "number"], name="annotation_batch_number"),
            models.UniqueConstraint(
                fields=["annotator"],
                condition=models.Q(state=BatchState.OPEN),
                name="annotation_one_open_batch",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.annotator} {self.number}"

    @property
    def is_open(self) -> bool:
        """Return whether its labels can still be changed."""
        return self.state in LABELLED


class Task(Record):
    """An item in somebody's batch, and what they say of it so far.

    `answer` is that of a `kind.Answer`, None while there is none; `skipped` says why none can be
    given. One person has an item once, whatever account they use. It is lost where nobody went on
    with the batch and somebody else took the item; what was said of it stays among its labels.
    """

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="tasks")
    item = models.ForeignKey(Item, models.PROTECT, related_name="tasks")
    annotator = models.ForeignKey(Annotator, models.PROTECT, related_name="tasks")
    position = models.PositiveIntegerField(_("position"))
    answer = models.JSONField(_("answer"), null=True)
    skipped = models.CharField(_("skipped because"), max_length=LONGEST_SKIP, blank=True)
    is_lost = models.BooleanField(_("given to somebody else"), default=False)

    class Meta:
        verbose_name = _("item of a batch")
        verbose_name_plural = _("items of batches")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["item", "annotator"], name="annotation_task_once"),
            models.UniqueConstraint(fields=["batch", "position"], name="annotation_task_position"),
            models.CheckConstraint(
                name="annotation_task_answered_or_skipped",
                condition=models.Q(answer__isnull=True) | models.Q(skipped=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.batch} {self.position}"

    @property
    def is_done(self) -> bool:
        """Return whether it is labelled or skipped."""
        return self.answer is not None or bool(self.skipped)


class Label(Record):
    """What an annotator said of an item at one time; a later one of the same task counts."""

    task = models.ForeignKey(Task, models.PROTECT, related_name="labels")
    number = models.PositiveIntegerField(_("number"))
    answer = models.JSONField(_("answer"), null=True)
    skipped = models.CharField(_("skipped because"), max_length=LONGEST_SKIP, blank=True)
    seconds = models.PositiveIntegerField(_("seconds since it was shown"))

    class Meta:
        verbose_name = _("label of an item")
        verbose_name_plural = _("labels of items")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["task", "number"], name="annotation_label_number"),
            models.CheckConstraint(
                name="annotation_label_says_something",
                condition=models.Q(answer__isnull=False, skipped="")
                | (models.Q(answer__isnull=True) & ~models.Q(skipped="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task} {self.number}"


append_only.register("annotation_label", key=["id", "task_id,number"])


class ItemLook(Record):
    """An item was shown to a person."""

    task = models.ForeignKey(Task, models.PROTECT, related_name="looks")
    person_id = models.UUIDField(_("person"))

    class Meta:
        verbose_name = _("look at an item")
        verbose_name_plural = _("looks at items")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.task} {self.created_at}"


append_only.register("annotation_itemlook", key=["id"])
