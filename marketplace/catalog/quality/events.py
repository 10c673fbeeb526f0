from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


class QualityRulesSet(Fact, kind="catalog.quality_rules_set", label=_("Quality rules set")):
    """An officer said what the versions of a dataset must keep to."""

    number: int
    rules: int
    rules_sha256: str


class PromisesWeakened(Fact, kind="catalog.promises_weakened", label=_("Quality rules weakened")):
    """A second person approved rules that let pass what those before did not."""

    number: int
    number_before: int
    rules_sha256: str
    rules_before_sha256: str


class QualityMeasured(Fact, kind="catalog.quality_measured", label=_("Quality measured")):
    """The rules in force were asked of a version; `holds` says that a blocking one has failed."""

    sha256: str
    rules_sha256: str
    rows: int
    failed: int
    holds: bool


class QualityAsked(
    Fact, kind="catalog.quality_asked", label=_("Measuring of quality asked for again")
):
    """A version still waits to be measured: start its task again."""
