from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


class ReportWritten(Fact, kind="trading.report_written", label=_("Report written")):
    """A seller wrote the report that a listing delivers; the digest is that of its bytes."""

    report_sha256: str
