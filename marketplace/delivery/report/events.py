from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


class ReportOpened(Fact, kind="delivery.report_opened", label=_("Report opened by the buyer")):
    """A person of the buyer opened the report with that digest."""

    sha256: str
