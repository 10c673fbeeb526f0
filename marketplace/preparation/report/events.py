from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


class RiskMeasured(Fact, kind="preparation.risk_measured", label=_("Risk report recorded")):
    """The risk that remains in a masked version was measured on its bytes."""

    sha256: str
    passed: bool
    verdict: str
    smallest_class: int
    failures: tuple[str, ...]


class RiskReportWithdrawn(
    Fact, kind="preparation.risk_report_withdrawn", label=_("Risk report withdrawn")
):
    """A risk report no longer counts."""


class RiskReportRecalled(
    Fact, kind="preparation.risk_report_recalled", label=_("Verdict recalled")
):
    """The centre took a verdict back that it had signed: trades that rest on it are undone."""

    cause: str
