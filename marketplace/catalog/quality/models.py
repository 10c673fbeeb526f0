"""The rules of a dataset through time, and what each found of each version."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from desensitize.quality import Rule, rules_from
from marketplace.catalog.dataset.models import Dataset
from marketplace.catalog.version.models import DatasetVersion
from marketplace.core import append_only
from marketplace.core.records import Record


class QualityRules(Record):
    """What the versions of a dataset must keep to, from a day on; the newest are in force.

    `rules` are those of `desensitize.quality` as plain values, `digest` is the SHA-256 over them.
    `reason` says why they replaced those before; the first ones need none. Those that
    `promises_less` marks let pass what those before do not: they are in force from when a second
    person approved them with the content.
    """

    dataset = models.ForeignKey(Dataset, models.PROTECT, related_name="quality_rules")
    number = models.PositiveIntegerField(_("number"))
    rules = models.JSONField(_("rules"))
    digest = models.CharField(_("SHA-256"), max_length=64)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    set_by_id = models.UUIDField(_("set by"))
    promises_less = models.BooleanField(_("promises less"), default=False)

    class Meta:
        verbose_name = _("quality rules")
        verbose_name_plural = _("quality rules")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["dataset", "number"], name="catalog_quality_number"),
        ]

    def __str__(self) -> str:
        return f"{self.dataset} · {self.number}"

    @property
    def read(self) -> tuple[Rule, ...]:
        """Return the rules in their order."""
        return rules_from(self.rules)


class QualityCheck(Record):
    """The rules in force asked of a version, once: `sha256` is that of the very bytes.

    `cells` are those of the columns that no mask has changed, `filled` says how many of them say
    something. `holds`: a rule that blocks has failed.
    """

    version = models.ForeignKey(DatasetVersion, models.PROTECT, related_name="quality_checks")
    rules = models.ForeignKey(QualityRules, models.PROTECT, related_name="checks")
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    rules_digest = models.CharField(_("SHA-256 of the rules"), max_length=64)
    rows = models.PositiveBigIntegerField(_("rows"))
    cells = models.PositiveBigIntegerField(_("cells"))
    filled = models.PositiveBigIntegerField(_("filled cells"))
    holds = models.BooleanField(_("holds the version"))

    class Meta:
        verbose_name = _("quality check")
        verbose_name_plural = _("quality checks")
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(fields=["version", "rules"], name="catalog_quality_once"),
            models.CheckConstraint(
                name="catalog_quality_filled_of_cells",
                condition=models.Q(filled__lte=models.F("cells")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version} · {self.rules.number}"


class RuleOutcome(models.TextChoices):
    """How a rule ended on a version, by the names of `desensitize.quality`."""

    PASSED = "passed", _("Kept")
    FAILED = "failed", _("Failed")
    NOT_APPLICABLE = "not_applicable", _("Not applicable")


class RuleReason(models.TextChoices):
    """Why a rule could not be asked of a version."""

    MASKED = "masked", _("not applicable because masked")
    NOT_DELIVERED = "not-delivered", _("not applicable because the column is left out")
    NO_PAST = "no-past", _("no earlier version to compare with")
    COLUMN_MISSING = "column-missing", _("the column is missing")
    REFERENCE_MISSING = "reference-missing", _("the dataset to compare with cannot be read")


class QualityResult(Record):
    """What one rule found in a check: `failing` rows of those `checked`.

    `key` tells the rule from others through time, whatever it tolerates. `examples` are numbers of
    failing rows, from 1, and never a cell. `reference_sha256` is that of the bytes in which values
    were looked up.
    """

    check_of = models.ForeignKey(QualityCheck, models.PROTECT, related_name="results")
    position = models.PositiveIntegerField(_("position"))
    key = models.CharField(_("key of the rule"), max_length=16)
    rule = models.JSONField(_("rule"))
    characteristic = models.CharField(_("characteristic"), max_length=16)
    outcome = models.CharField(_("outcome"), max_length=14, choices=RuleOutcome)
    reason = models.CharField(_("reason"), max_length=20, choices=RuleReason, blank=True)
    checked = models.PositiveBigIntegerField(_("checked"))
    failing = models.PositiveBigIntegerField(_("failing"))
    examples = models.JSONField(_("rows that fail"), default=list)
    reference_sha256 = models.CharField(_("SHA-256 of what it was compared with"), max_length=64)

    class Meta:
        verbose_name = _("quality result")
        verbose_name_plural = _("quality results")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["check_of", "position"], name="catalog_quality_result_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key}: {self.outcome}"

    @property
    def read(self) -> Rule:
        return Rule.from_dict(self.rule)

    @property
    def holds(self) -> bool:
        """Return whether the version goes no further because of it."""
        return self.outcome == RuleOutcome.FAILED and self.rule["severity"] == "blocks"


append_only.register("catalog_qualityrules", key=["id", "dataset_id,number"])
append_only.register("catalog_qualitycheck", key=["id", "version_id,rules_id"])
append_only.register("catalog_qualityresult", key=["id", "check_of_id,position"])
