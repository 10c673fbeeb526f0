"""Feeds, and what each of their periods brought."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.catalog.dataset.models import Dataset
from marketplace.catalog.feed.choices import Every, Held
from marketplace.catalog.source.extraction import Extraction
from marketplace.catalog.source.models import DatabaseSource
from marketplace.catalog.version.models import DatasetVersion
from marketplace.core.records import Record


class Feed(Record):
    """New data of the same kind, expected again and again until it is ended.

    `first_on` and `next_on` are the days of the first and of the next arrival. Where `source` is
    named, its table `wanted` (schema, table, columns and row limit, as for a drawing) is drawn on
    that day; else the data is uploaded. After `grace_hours` from the end of that day it is late.
    `extraction` says how its rows come where they are not drawn whole.
    """

    dataset = models.ForeignKey(Dataset, models.PROTECT, related_name="feeds")
    every = models.CharField(_("how often"), max_length=5, choices=Every)
    first_on = models.DateField(_("first expected on"))
    next_on = models.DateField(_("next expected on"))
    grace_hours = models.PositiveSmallIntegerField(_("hours of grace"))
    source = models.ForeignKey(DatabaseSource, models.PROTECT, null=True, related_name="feeds")
    wanted: models.JSONField[Any, Any] = models.JSONField(_("what is drawn"), default=dict)
    extraction: models.JSONField[Any, Any] = models.JSONField(_("how rows come"), default=dict)
    opened_by_id = models.UUIDField(_("opened by"))
    ended_at = models.DateTimeField(_("ended at"), null=True)

    class Meta:
        verbose_name = _("feed")
        verbose_name_plural = _("feeds")
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["dataset"],
                condition=models.Q(ended_at=None),
                name="catalog_one_feed_at_a_time",
                violation_error_message=_("The dataset is a feed already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.dataset}: {self.every}"

    @property
    def rows_come(self) -> Extraction:
        return Extraction.of(self.extraction)


class Arrival(Record):
    """What one period of a feed brought, or has not yet.

    `due_on` is None for what came without being expected. `held` says why it goes no further by
    itself, "" where nothing holds it, and `held_details` which columns that is about, or the
    code of the refusal; `differs` is what the values say of these columns (see
    `version.comparing.Values`). Where what came was there already, that version is `same_as`.
    `watermark` is where the drawing of it ended (see `source.extraction`), empty for what was drawn
    whole.
    """

    feed = models.ForeignKey(Feed, models.PROTECT, related_name="arrivals")
    due_on = models.DateField(_("expected on"), null=True)
    version = models.OneToOneField(
        DatasetVersion, models.PROTECT, null=True, related_name="arrival"
    )
    same_as = models.ForeignKey(
        DatasetVersion, models.PROTECT, null=True, related_name="arrived_again"
    )
    watermark: models.JSONField[Any, Any] = models.JSONField(
        _("where the drawing ended"), default=dict
    )
    arrived_at = models.DateTimeField(_("arrived at"), null=True)
    late_told_at = models.DateTimeField(_("told of being late at"), null=True)
    held = models.CharField(_("why it is held"), max_length=20, choices=Held, blank=True)
    held_details = models.JSONField(_("what holds it"), default=list)
    differs: models.JSONField[Any, Any] = models.JSONField(
        _("what the values say of other columns"), default=dict
    )

    class Meta:
        verbose_name = _("arrival")
        verbose_name_plural = _("arrivals")
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["feed", "due_on"],
                condition=models.Q(due_on__isnull=False),
                name="catalog_arrival_once_a_period",
            ),
            models.CheckConstraint(
                name="catalog_arrival_is_of_something",
                condition=models.Q(due_on__isnull=False) | models.Q(version__isnull=False),
            ),
            models.CheckConstraint(
                name="catalog_arrival_has_a_moment",
                condition=models.Q(version=None, same_as=None, arrived_at=None)
                | models.Q(version__isnull=False, same_as=None, arrived_at__isnull=False)
                | models.Q(version=None, same_as__isnull=False, arrived_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.feed_id} {self.due_on or self.arrived_at}"

    @property
    def brought(self) -> DatasetVersion | None:
        """Return what it brought, though it was there already; None where nothing came yet."""
        return self.version or self.same_as
