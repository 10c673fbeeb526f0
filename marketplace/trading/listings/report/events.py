from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


@dataclass(frozen=True, kw_only=True)
class ReportWritten(Fact):
    """A seller wrote the report that a listing delivers; the digest is that of its bytes."""

    kind = "trading.report_written"
    label = _("Report written")
    report_sha256: str
