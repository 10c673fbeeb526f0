"""A report to begin with, made from what is measured of a version anyway."""

from __future__ import annotations

from django.utils.translation import gettext as _

from marketplace.catalog.selectors import columns_of
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.report.content import (
    MOST_BARS,
    Bar,
    Figure,
    ReportContent,
    ReportKind,
    Section,
)
from marketplace.trading.listings.sheet.quality import measured_quality


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
