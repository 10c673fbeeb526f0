from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


@dataclass(frozen=True, kw_only=True)
class RiskMeasured(Fact):
    """The risk that remains in a masked version was measured on its bytes."""

    kind = "preparation.risk_measured"
    label = _("Risk report recorded")
    sha256: str
    passed: bool
    verdict: str
    smallest_class: int
    failures: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class RiskReportWithdrawn(Fact):
    """A risk report no longer counts."""

    kind = "preparation.risk_report_withdrawn"
    label = _("Risk report withdrawn")


@dataclass(frozen=True, kw_only=True)
class RiskReportRecalled(Fact):
    """The centre took a verdict back that it had signed: trades that rest on it are undone."""

    kind = "preparation.risk_report_recalled"
    label = _("Verdict recalled")
    cause: str
