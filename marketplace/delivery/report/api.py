from typing import Any
from uuid import UUID

from marketplace.core import Actor
from marketplace.credentials.selectors import document_of
from marketplace.delivery.report.services import open_report
from marketplace.trading.listings.report.serializers import ReportContentIn
from marketplace.web.api import ThingView
from marketplace.web.bounded import serializers


class GrantReportOut(serializers.Serializer[Any]):
    """A report, the digest of its canonical JSON (RFC 8785), and the credential that signs it."""

    report = ReportContentIn()
    sha256 = serializers.CharField()
    credential = serializers.DictField()


class GrantReport(ThingView):
    """The report of a grant, with the centre's signature; each request is asked anew."""

    gives = GrantReportOut
    operation = "open_report"
    summary = "Open the report of a grant"

    def thing(self, by: Actor, **ids: UUID) -> dict[str, Any]:
        opened = open_report(ids["pk"], by=by)
        return {
            "report": opened.content.as_json(),
            "sha256": opened.sha256,
            "credential": document_of(opened.credential),
        }
