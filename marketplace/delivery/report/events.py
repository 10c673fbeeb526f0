from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


@dataclass(frozen=True, kw_only=True)
class ReportOpened(Fact):
    """A person of the buyer opened the report with that digest."""

    kind = "delivery.report_opened"
    label = _("Report opened by the buyer")
    sha256: str
