"""Versions of a dataset and their columns."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.catalog.dataset.choices import ColumnType, Compression, FileKind, Separator
from marketplace.catalog.dataset.grading import Grade, HarmDegree, HarmedObject, Impact, grade_of
from marketplace.catalog.dataset.models import ApprovedContent, Dataset, Described
from marketplace.core import versions
from marketplace.core.choices import named_in_api
from marketplace.core.records import Record
from marketplace.vault.models import StoredFile

# Versions of datasets as tables in the vault, and what is known of their columns.


@named_in_api()
class VersionKind(models.TextChoices):
    """Whether a version is as it came in, masked, or a model that was trained on masked data."""

    SOURCE = "source", _("Source data")
    MASKED = "masked", _("Masked data")
    MODEL = "model", _("Trained model")


class Quality(models.TextChoices):
    """What the rules of the dataset have found of a version."""

    UNASKED = "", _("No rules")
    WAITING = "waiting", _("Being measured")
    PASSED = "passed", _("Keeps the rules")
    HELD = "held", _("Held by a rule")


class DatasetVersion(Record):
    """One table of a dataset, as a Parquet file in the vault; it never changes.

    Of a model it is the ONNX file, with a column for each thing that goes in and for what comes
    out, and `rows` are those that it was trained on; what these were, the dataset's origin says.
    `sha256` and `size` are those of the file, `upload_sha256` is that of the file as it was
    uploaded. `reading` is how its table was read of that (see `desensitize.tables.Reading`), empty
    where nobody was asked. `parent` is the source version of a masked one. A source version's bytes
    are due to be destroyed on `raw_until`; from `raw_destroyed_at` on only what is said of them
    here remains.
    `structure_sha256` is that of the columns (see `structure.structure_digest`): updates of the
    same table share it. `quality` follows from the newest check (see `catalog.quality`); where the
    source of a masked version is held, so is that one. `content` is what a reviewer approved it
    as, None before: whatever the dataset says since, that counts for what is offered of it.
    `is_set_aside`: a feed brought it with other columns than were approved, and nobody has taken
    them up: it counts for nothing until then.
    """

    dataset = models.ForeignKey(Dataset, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(_("version number"))
    kind = models.CharField(_("kind"), max_length=8, choices=VersionKind)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    content = models.ForeignKey(
        ApprovedContent,
        models.PROTECT,
        null=True,
        related_name="versions",
        verbose_name=_("approved as"),
    )
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="version")
    rows = models.BigIntegerField(_("rows"))
    column_count = models.PositiveIntegerField(_("columns"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    structure_sha256 = models.CharField(_("SHA-256 of the columns"), max_length=64)
    size = models.BigIntegerField(_("size in bytes"))
    upload_sha256 = models.CharField(_("SHA-256 of the upload"), max_length=64, blank=True)
    original_name = models.CharField(_("name of the upload"), max_length=200, blank=True)
    file_kind = models.CharField(
        _("kind of file"), max_length=8, choices=FileKind, blank=True, default=""
    )
    compression = models.CharField(
        _("packed as"), max_length=8, choices=Compression, blank=True, default=""
    )
    encoding = models.CharField(_("encoding of the upload"), max_length=20, blank=True)
    separator = models.CharField(
        _("separator of the fields"), max_length=10, choices=Separator, blank=True, default=""
    )
    sheet = models.CharField(_("sheet of the workbook"), max_length=100, blank=True, default="")
    sheet_count = models.PositiveIntegerField(_("sheets in the workbook"), default=0)
    error_cells = models.PositiveIntegerField(_("error cells read as empty"), default=0)
    reading: models.JSONField[Any, Any] = models.JSONField(
        _("how it was read"), default=dict, blank=True
    )
    quality = models.CharField(
        _("quality"), max_length=7, choices=Quality, default=Quality.UNASKED, blank=True
    )
    is_set_aside = models.BooleanField(_("set aside"), default=False)
    raw_until = models.DateField(_("raw data kept until"), null=True)
    raw_destroyed_at = models.DateTimeField(_("raw data destroyed at"), null=True)

    class Meta:
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["dataset", "number"], name="catalog_version_number"),
            models.CheckConstraint(
                name="catalog_set_aside_is_not_approved",
                condition=models.Q(is_set_aside=False)
                | models.Q(kind=VersionKind.SOURCE, content=None),
                violation_error_message=_("What is set aside is approved as nothing."),
            ),
            models.UniqueConstraint(
                fields=["dataset", "upload_sha256", "sheet", "sha256"],
                # What is drawn may go back to what it was; what a person sends again is the same.
                condition=models.Q(kind=VersionKind.SOURCE, raw_destroyed_at=None)
                & ~models.Q(file_kind=""),
                name="catalog_upload_once",
            ),
            models.CheckConstraint(
                name="catalog_source_has_an_end",
                condition=models.Q(kind=VersionKind.SOURCE, raw_until__isnull=False)
                | (
                    ~models.Q(kind=VersionKind.SOURCE)
                    & models.Q(raw_until=None, raw_destroyed_at=None)
                ),
                violation_error_message=_("Source data has a day on which it is destroyed."),
            ),
            models.CheckConstraint(
                name="catalog_masked_has_parent",
                condition=models.Q(kind=VersionKind.MASKED, parent__isnull=False)
                | (~models.Q(kind=VersionKind.MASKED) & models.Q(parent=None)),
                violation_error_message=_("A masked version is made from a source version."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dataset} v{self.number}"

    @property
    def source(self) -> DatasetVersion:
        """Return the version as it came in: itself, or what a masked one was made from."""
        return self.parent or self

    @property
    def is_model(self) -> bool:
        """Whether its bytes are a trained model and no table."""
        return self.kind == VersionKind.MODEL

    @property
    def described(self) -> Described:
        """Return what it was approved as; before that, what the dataset says now."""
        return self.content or self.dataset


class Column(Record):
    """A column of a version: its type from the file, its meaning from an officer.

    Of two columns that one came as, the label also says which end of the interval each is.
    `code_list` holds one `code = meaning` a line; `harmed` and `degree` say what misuse of the
    column could do at worst, both or neither. `is_altered`: a mask has changed what stood in it.
    """

    version = models.ForeignKey(DatasetVersion, models.PROTECT, related_name="columns")
    position = models.PositiveIntegerField(_("position"))
    name = models.CharField(_("name"), max_length=200)
    dtype = models.CharField(_("type"), max_length=12, choices=ColumnType)
    label = models.CharField(_("label"), max_length=70, blank=True)
    meaning = models.CharField(_("meaning"), max_length=300, blank=True)
    unit = models.CharField(_("unit"), max_length=30, blank=True)
    code_list = models.TextField(_("code list"), max_length=4000, blank=True)
    harmed = models.CharField(_("who is harmed"), max_length=20, choices=HarmedObject, blank=True)
    degree = models.CharField(_("degree of harm"), max_length=20, choices=HarmDegree, blank=True)
    is_altered = models.BooleanField(_("changed by a mask"), default=False)

    class Meta:
        verbose_name = _("column")
        verbose_name_plural = _("columns")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["version", "name"], name="catalog_column_name"),
            models.UniqueConstraint(fields=["version", "position"], name="catalog_column_position"),
            models.CheckConstraint(
                name="catalog_column_harm_whole",
                condition=models.Q(harmed="", degree="")
                | (~models.Q(harmed="") & ~models.Q(degree="")),
                violation_error_message=_("Harm needs both whom it would do and how badly."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def impact(self) -> Impact | None:
        """Return the harm that misuse of this column alone could do, where there is any."""
        if not self.harmed:
            return None
        return Impact(HarmedObject(self.harmed), HarmDegree(self.degree))

    @property
    def grade(self) -> Grade | None:
        """Return the grade of this column alone, None where nobody graded it."""
        return grade_of([self.impact]) if self.impact else None


versions.register(DatasetVersion, "columns")
