from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from marketplace.catalog.version.selectors import columns_of
from marketplace.core import allowed, visible
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.listing.selectors import listings_of_sellers
from marketplace.trading.listings.report.content import (
    MOST_BARS,
    Bar,
    Figure,
    ReportContent,
    ReportKind,
    Section,
)
from marketplace.trading.listings.report.forms import ReportForm, as_text
from marketplace.trading.listings.report.rules import check_write_report
from marketplace.trading.listings.report.selectors import report_of_listing
from marketplace.trading.listings.report.services import write_report
from marketplace.trading.listings.revision.measured import measured_quality
from marketplace.web.pages import attempt, form_status, signed_in
from marketplace.web.requests import actor

# A report to begin with, made from what is measured of a version anyway.


def proposed_report(listing: Listing) -> ReportContent:
    """Return statistics of a version's quality: the figures that its listing shows to everybody.

    Raises:
        WrongState: the stored file is missing or damaged.
    """
    version = listing.revision.version
    columns = list(columns_of(version))
    quality, filled = measured_quality(version, columns)
    return ReportContent(
        kind=ReportKind.STATISTICS.value,
        title=listing.title,
        summary=listing.summary,
        sections=(
            Section(
                heading=_("Size and quality"),
                figures=(
                    Figure(_("Rows"), str(version.rows)),
                    Figure(_("Columns"), str(version.column_count)),
                    Figure(_("Cells filled"), f"{100 * quality['filled']:.1f}", "%"),
                ),
            ),
            Section(
                heading=_("Filled cells by column, in per cent"),
                bars=tuple(
                    Bar(column.name, f"{100 * filled[column.name]:.1f}")
                    for column in columns[:MOST_BARS]
                ),
            ),
        ),
    )


@signed_in
def report_write(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write the report of a listing, from a proposal or from what was written."""
    by = actor(request)
    listing = visible(listings_of_sellers(by), pk=pk)
    written = report_of_listing(listing)
    if request.method == "POST":
        form = ReportForm(request.POST)
    else:
        shown = ReportContent.from_json(written.content) if written else proposed_report(listing)
        form = ReportForm(initial={"content": as_text(shown)})
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(form, lambda: write_report(pk, content=form.cleaned_data["content"], by=by))
        is not None
    ):
        messages.success(request, _("The report is written."))
        return redirect("listing_detail", pk=pk)
    acts = allowed({"write_report": check_write_report}, listing, by)
    context = {"form": form, "listing": listing, "written": written, "acts": acts}
    return render(request, "trading/listings/report_write.html", context, status=form_status(form))
