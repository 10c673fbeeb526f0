from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


@dataclass(frozen=True, kw_only=True)
class QualityRulesSet(Fact):
    """An officer said what the versions of a dataset must keep to."""

    kind = "catalog.quality_rules_set"
    label = _("Quality rules set")
    number: int
    rules: int
    rules_sha256: str


@dataclass(frozen=True, kw_only=True)
class QualityMeasured(Fact):
    """The rules in force were asked of a version; `holds` says that a blocking one has failed."""

    kind = "catalog.quality_measured"
    label = _("Quality measured")
    sha256: str
    rules_sha256: str
    rows: int
    failed: int
    holds: bool


@dataclass(frozen=True, kw_only=True)
class QualityAsked(Fact):
    """A version still waits to be measured: start its task again."""

    kind = "catalog.quality_asked"
    label = _("Measuring of quality asked for again")
