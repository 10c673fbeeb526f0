"""Models and the rows that were given to them."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.models import Organization
from marketplace.catalog.version.models import DatasetVersion
from marketplace.core import append_only
from marketplace.core.records import Record
from marketplace.credentials.models import Credential
from marketplace.learning.grounds.choices import Trouble
from marketplace.learning.model.states import OUT_OF_USE, ModelState
from marketplace.learning.run.models import TrainingRun
from marketplace.rights.certificate.models import Certificate
from marketplace.vault.models import StoredFile


class TrainedModel(Record):
    """What came of a training run, as ONNX in the vault.

    `asset` is the version of the catalog that it became to be offered, whose bytes are its own.
    `card` says what was measured, `card_sha256` is that of its canonical JSON. `trouble` is why it
    is suspended; that is for reading: each use asks anew what the model rests on. `replaces` is the
    model whose place it took, of which it keeps the shards whose rows stayed.
    """

    run = models.OneToOneField(TrainingRun, models.PROTECT, related_name="model")
    title = models.CharField(_("title"), max_length=120)
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="trained_models")
    version = models.ForeignKey(DatasetVersion, models.PROTECT, related_name="trained_models")
    certificate = models.ForeignKey(Certificate, models.PROTECT, related_name="trained_models")
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="trained_model")
    card: models.JSONField[Any, Any] = models.JSONField(_("model card"))
    card_sha256 = models.CharField(_("SHA-256 of the card"), max_length=64)
    credential = models.OneToOneField(Credential, models.PROTECT, related_name="+")
    asset = models.OneToOneField(
        DatasetVersion, models.PROTECT, null=True, related_name="model", verbose_name=_("asset")
    )
    state = models.CharField(
        _("state"), max_length=10, choices=ModelState, default=ModelState.STANDING
    )
    trouble = models.CharField(
        _("why it is suspended"), max_length=20, choices=Trouble, blank=True, default=""
    )

    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="successor", verbose_name=_("replaces")
    )

    class Meta:
        verbose_name = _("model")
        verbose_name_plural = _("models")
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                name="learning_suspended_with_a_reason",
                condition=models.Q(state=ModelState.STANDING, trouble="")
                | models.Q(state__in=OUT_OF_USE)
                | (models.Q(state=ModelState.SUSPENDED) & ~models.Q(trouble="")),
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def schema(self) -> dict[str, Any]:
        """Return what the model takes and gives."""
        schema: dict[str, Any] = self.card["schema"]
        return schema

    @property
    def concerns(self) -> tuple[str, ...]:
        """Return what else an entry about it concerns."""
        return (f"training_run:{self.run_id}", *self.run.concerns)


class Scoring(Record):
    """That so many rows were given to a model. Rows are never changed.

    It is written in the transaction that answers, so that what was answered is counted, and once.
    """

    model = models.ForeignKey(TrainedModel, models.PROTECT, related_name="scorings")
    person_id = models.UUIDField(_("person"), null=True)
    rows = models.PositiveIntegerField(_("rows"))

    class Meta:
        verbose_name = _("scoring")
        verbose_name_plural = _("scorings")
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                name="learning_scoring_has_rows", condition=models.Q(rows__gte=1)
            )
        ]
        indexes = [models.Index(fields=["model", "created_at"], name="learning_scoring_of_model")]

    def __str__(self) -> str:
        return f"{self.model_id} {self.rows}"


append_only.register("learning_scoring", key=["id"])
