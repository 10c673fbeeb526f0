from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from marketplace.accounts.timeline import timeline_of
from marketplace.core import allowed, is_open, visible
from marketplace.delivery.grant.rules import check_reads, check_revoke_grant
from marketplace.delivery.grant.selectors import grants_visible_to
from marketplace.delivery.report.services import OpenedReport, open_report
from marketplace.trading.listings.report.content import ReportKind, Section
from marketplace.trading.orders.delivery.rules import check_accept_delivery
from marketplace.web.charts import bars
from marketplace.web.pages import signed_in
from marketplace.web.requests import actor


@dataclass(frozen=True)
class SectionView:
    section: Section
    chart: SafeString | str


@require_safe
@signed_in
def grant_report(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show the report to its buyer; to the other side only that it was bought."""
    by = actor(request)
    grant = visible(grants_visible_to(by), pk=pk)
    context = {
        "grant": grant,
        "order": grant.order,
        "listing": grant.listing,
        "acts": allowed({"revoke_grant": check_revoke_grant}, grant, by),
        "timeline": timeline_of(f"grant:{grant.pk}", by=by),
    }
    if is_open(check_reads, grant, by):
        opened = open_report(pk, by=by)
        # The first opening has marked it delivered.
        grant.order.refresh_from_db()
        context |= {
            "report": opened,
            "kind": ReportKind(opened.content.kind).label,
            "sections": [_view(section) for section in opened.content.sections],
            "awaits_acceptance": is_open(check_accept_delivery, grant.order, by),
        }
    return render(request, "delivery/report.html", context)


@require_safe
@signed_in
def grant_report_file(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give the signed bytes of the report."""
    return file_response(open_report(pk, by=actor(request)))


def _view(section: Section) -> SectionView:
    pairs = [(bar.label, Decimal(bar.value)) for bar in section.bars]
    return SectionView(section, bars(pairs, title=section.heading) if pairs else "")


def file_response(opened: OpenedReport) -> HttpResponse:
    """Return the very bytes whose digest the credential signs."""
    answer = HttpResponse(opened.content.as_bytes(), content_type="application/json")
    name = f"report-{opened.sha256[:12]}.json"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["ETag"] = f'"{opened.sha256}"'
    answer["Cache-Control"] = "private, no-store"
    return answer
