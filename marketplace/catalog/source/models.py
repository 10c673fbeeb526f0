"""Databases that data is drawn from, and what was drawn."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.catalog.dataset.models import Dataset
from marketplace.catalog.source.extraction import Whole
from marketplace.catalog.source.states import SourceState
from marketplace.catalog.version.models import DatasetVersion
from marketplace.core.choices import named_in_api
from marketplace.core.records import Record
from marketplace.jobs.models import Job
from marketplace.jobs.states import ACTIVE

# Databases that datasets are drawn from, and each drawing, recorded step by step.


@named_in_api()
class DatabaseKind(models.TextChoices):
    POSTGRESQL = "postgresql", "PostgreSQL"
    MYSQL = "mysql", _("MySQL or MariaDB")


@named_in_api()
class TlsMode(models.TextChoices):
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


class Drawing(Job):
    """A table of a source that a worker draws as the newest version of the dataset.

    `rows` is how many were drawn so far; `blanked` counts values that no calendar or number can
    say. `columns` are names, `row_limit` None for all rows: how far it is, is not known then.
    `extraction` says how rows come where they are not drawn whole (see `source.extraction`): then
    `brought` counts those that were new or changed, None where the whole table had to be drawn all
    the same, for the reason in `whole`.
    """

    source = models.ForeignKey(DatabaseSource, models.PROTECT, related_name="drawings")
    schema = models.CharField(_("schema"), max_length=128)
    table = models.CharField(_("table"), max_length=128)
    columns: models.JSONField[Any, Any] = models.JSONField(_("columns"))
    row_limit = models.PositiveBigIntegerField(_("at most so many rows"), null=True)
    extraction: models.JSONField[Any, Any] = models.JSONField(_("how rows come"), default=dict)
    brought = models.PositiveBigIntegerField(_("new and changed rows"), null=True)
    whole = models.CharField(
        _("why it was drawn whole"), max_length=10, choices=Whole, blank=True, default=""
    )
    requested_by_id = models.UUIDField(_("requested by"), null=True)
    rows = models.PositiveBigIntegerField(_("rows"), default=0)
    blanked = models.PositiveBigIntegerField(_("values left empty"), default=0)
    version = models.ForeignKey(DatasetVersion, models.PROTECT, null=True, related_name="drawn_by")

    class Meta(Job.Meta):
        verbose_name = _("drawing")
        verbose_name_plural = _("drawings")
        constraints = [
            *Job.Meta.constraints,
            models.UniqueConstraint(
                fields=["source"],
                condition=models.Q(state__in=sorted(ACTIVE)),
                name="catalog_one_active_drawing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.schema}.{self.table}"
