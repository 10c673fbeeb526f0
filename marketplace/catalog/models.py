"""Datasets, their versions and columns, and the databases that data is drawn from."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.models import Organization
from marketplace.catalog.choices import (
    AssetKind,
    ColumnType,
    Compression,
    FileKind,
    PersonalBasis,
    Separator,
    SourceKind,
    Theme,
    UpdateFrequency,
)
from marketplace.catalog.grading import Grade, HarmDegree, HarmedObject, Impact, grade_of
from marketplace.catalog.states import (
    DRAWING,
    DRAWING_ACTIVE,
    DatasetState,
    DrawingState,
    SourceState,
)
from marketplace.core.records import Record
from marketplace.vault.models import StoredFile

# Datasets: what an organization says of data that it holds.


class Dataset(Record):
    """Data that an organization registered, through all its versions.

    `impacts` holds objects `{"object", "degree"}` from which `grade` follows; `negative_list`
    holds codes of `grading.NegativeItem`. `personal_basis` is "" until it is known.
    """

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="datasets")
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
    state = models.CharField(
        _("state"), max_length=10, choices=DatasetState, default=DatasetState.DRAFT
    )
    reason = models.CharField(_("reason"), max_length=1000, blank=True)
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

    def __str__(self) -> str:
        return self.title

    @property
    def is_approved(self) -> bool:
        """Whether content review approved it; new data then opens it again."""
        return self.state == DatasetState.APPROVED


# Versions of datasets as tables in the vault, and what is known of their columns.


class VersionKind(models.TextChoices):
    """Whether a version is as it came in, or masked."""

    SOURCE = "source", _("Source data")
    MASKED = "masked", _("Masked data")


class DatasetVersion(Record):
    """One table of a dataset, as a Parquet file in the vault; it never changes.

    `sha256` and `size` are those of the Parquet file, `upload_sha256` is that of the file as it was
    uploaded. `parent` is the source version of a masked one. A source version's bytes are due to be
    destroyed on `raw_until`; from `raw_destroyed_at` on only what is said of them here remains.
    `structure_sha256` is that of the columns (see `structure.structure_digest`): updates of the
    same table share it.
    """

    dataset = models.ForeignKey(Dataset, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(_("version number"))
    kind = models.CharField(_("kind"), max_length=8, choices=VersionKind)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
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
    raw_until = models.DateField(_("raw data kept until"), null=True)
    raw_destroyed_at = models.DateTimeField(_("raw data destroyed at"), null=True)

    class Meta:
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["dataset", "number"], name="catalog_version_number"),
            models.UniqueConstraint(
                fields=["dataset", "upload_sha256", "sheet"],
                condition=models.Q(kind=VersionKind.SOURCE, raw_destroyed_at=None),
                name="catalog_upload_once",
            ),
            models.CheckConstraint(
                name="catalog_source_has_an_end",
                condition=models.Q(kind=VersionKind.SOURCE, raw_until__isnull=False)
                | models.Q(kind=VersionKind.MASKED, raw_until=None, raw_destroyed_at=None),
                violation_error_message=_("Source data has a day on which it is destroyed."),
            ),
            models.CheckConstraint(
                name="catalog_masked_has_parent",
                condition=models.Q(kind=VersionKind.SOURCE, parent=None)
                | models.Q(kind=VersionKind.MASKED, parent__isnull=False),
                violation_error_message=_("A masked version is made from a source version."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dataset} v{self.number}"

    @property
    def source(self) -> DatasetVersion:
        """Return the version as it came in: itself, or what a masked one was made from."""
        return self.parent or self


class Column(Record):
    """A column of a version: its type from the file, its meaning from an officer.

    `code_list` holds one `code = meaning` a line; `harmed` and `degree` say what misuse of the
    column could do at worst, both or neither.
    """

    version = models.ForeignKey(DatasetVersion, models.PROTECT, related_name="columns")
    position = models.PositiveIntegerField(_("position"))
    name = models.CharField(_("name"), max_length=200)
    dtype = models.CharField(_("type"), max_length=12, choices=ColumnType)
    label = models.CharField(_("label"), max_length=60, blank=True)
    meaning = models.CharField(_("meaning"), max_length=300, blank=True)
    unit = models.CharField(_("unit"), max_length=30, blank=True)
    code_list = models.TextField(_("code list"), max_length=4000, blank=True)
    harmed = models.CharField(_("who is harmed"), max_length=20, choices=HarmedObject, blank=True)
    degree = models.CharField(_("degree of harm"), max_length=20, choices=HarmDegree, blank=True)

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


# Databases that datasets are drawn from, and each drawing, recorded step by step.


class DatabaseKind(models.TextChoices):
    """Which kind of server it is."""

    POSTGRESQL = "postgresql", "PostgreSQL"
    MYSQL = "mysql", _("MySQL or MariaDB")


class TlsMode(models.TextChoices):
    """How the connection is protected."""

    VERIFY = "verify", _("Encrypted, and the server's certificate is verified")
    ENCRYPT = "encrypt", _("Encrypted, server not verified")
    OFF = "off", _("Not encrypted")


class DatabaseSource(Record):
    """A database with the login of somebody who may read it.

    `wrapped_password` is the password, wrapped by the centre's key-encryption key; it is emptied
    when the source is closed. `check_error` is the code of why the last try failed, "" where it
    worked; `checked_at` is when a try first ended so, None before the first one.
    """

    dataset = models.ForeignKey(Dataset, models.PROTECT, related_name="sources")
    name = models.CharField(_("name"), max_length=60)
    kind = models.CharField(_("kind"), max_length=12, choices=DatabaseKind)
    host = models.CharField(_("host"), max_length=253)
    port = models.PositiveIntegerField(_("port"))
    database = models.CharField(_("database"), max_length=128)
    user = models.CharField(_("user"), max_length=128)
    wrapped_password = models.BinaryField()
    tls = models.CharField(_("protection"), max_length=8, choices=TlsMode)
    authorities = models.TextField(_("certificate authority"), max_length=20_000, blank=True)
    state = models.CharField(
        _("state"), max_length=8, choices=SourceState, default=SourceState.IN_USE
    )
    checked_at = models.DateTimeField(_("checked at"), null=True)
    check_error = models.CharField(_("error"), max_length=40, blank=True)
    check_parameters = models.JSONField(_("figures of the error"), default=dict)

    class Meta:
        verbose_name = _("database source")
        verbose_name_plural = _("database sources")
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["dataset", "name"],
                condition=models.Q(state=SourceState.IN_USE),
                name="catalog_source_name",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Drawing(Record):
    """A table of a source that a worker draws as the newest version of the dataset.

    `attempt` counts how often it was taken; only the worker of the present attempt may report on
    it. `lease_until` is when that worker is taken for dead unless it reports. `queued_at` is when a
    worker was last asked to take it. `rows` is how many were drawn so far; `blanked` counts values
    that no calendar or number can say. `columns` are names, `row_limit` None for all rows.
    """

    source = models.ForeignKey(DatabaseSource, models.PROTECT, related_name="drawings")
    schema = models.CharField(_("schema"), max_length=128)
    table = models.CharField(_("table"), max_length=128)
    columns: models.JSONField[Any, Any] = models.JSONField(_("columns"))
    row_limit = models.PositiveBigIntegerField(_("at most so many rows"), null=True)
    requested_by_id = models.UUIDField(_("requested by"), null=True)
    state = models.CharField(
        _("state"), max_length=10, choices=DrawingState, default=DrawingState.QUEUED
    )
    rows = models.PositiveBigIntegerField(_("rows"), default=0)
    blanked = models.PositiveBigIntegerField(_("values left empty"), default=0)
    attempt = models.PositiveIntegerField(_("attempt"), default=0)
    queued_at = models.DateTimeField(_("queued at"))
    lease_until = models.DateTimeField(_("lease until"), null=True)
    started_at = models.DateTimeField(_("started at"), null=True)
    ended_at = models.DateTimeField(_("ended at"), null=True)
    error_code = models.CharField(_("error"), max_length=40, blank=True)
    error_parameters = models.JSONField(_("figures of the error"), default=dict)
    version = models.ForeignKey(DatasetVersion, models.PROTECT, null=True, related_name="drawn_by")

    class Meta:
        verbose_name = _("drawing")
        verbose_name_plural = _("drawings")
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["source"],
                condition=models.Q(state__in=sorted(DRAWING_ACTIVE)),
                name="catalog_one_active_drawing",
            ),
        ]
        indexes = [models.Index(fields=["state", "lease_until"])]

    def __str__(self) -> str:
        return f"{self.schema}.{self.table}"

    @property
    def is_active(self) -> bool:
        """Return whether it still goes on."""
        return self.state in DRAWING_ACTIVE

    @property
    def is_final(self) -> bool:
        """Return whether nothing more will change."""
        return DRAWING.is_final(self.state)
