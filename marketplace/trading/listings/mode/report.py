"""Signed figures that the seller wrote; no row leaves."""

from django.utils.translation import gettext_lazy

from marketplace.trading.listings.mode.base import Mode, Opening, no_snippets

REPORT = Mode(
    name="report",
    label=gettext_lazy("Report: signed figures, no rows"),
    buyer_then=gettext_lazy("Then you get a signed report. No rows leave the centre."),
    contract_note="No rows leave: what is delivered are signed figures.",
    opened_by=Opening.REPORT,
    page="grant_report",
    partial="",
    takes_key=False,
    rows_leave=False,
    leaves_whole=False,
    is_counted=False,
    is_for_data=True,
    is_for_models=False,
    is_for_important=True,
    follows=False,
    snippets=no_snippets,
)
