import json
from typing import Any

from marketplace.core import Actor, Scope
from marketplace.trading.listings.report.content import ReportContent
from marketplace.trading.listings.report.models import ListingReport
from marketplace.trading.listings.report.serializers import ListingReportOut, ReportContentIn
from marketplace.trading.listings.report.services import write_report
from marketplace.web.api import ActView


class WriteReport(ActView):
    """Write or replace the report that a drafted listing delivers."""

    takes = ReportContentIn
    gives = ListingReportOut
    scope = Scope.TRADE
    summary = "Write the report of a listing"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> ListingReport:
        content = ReportContent.from_json(json.loads(json.dumps(data)))
        return write_report(ids["pk"], content=content, by=by)
