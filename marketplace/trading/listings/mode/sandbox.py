"""Private answers to questions; no row leaves."""

from django.utils.translation import gettext_lazy

from marketplace.trading.listings.mode.base import Mode, Opening, no_snippets

SANDBOX = Mode(
    name="sandbox",
    label=gettext_lazy("Sandbox: private answers, no rows"),
    buyer_then=gettext_lazy("Then you ask questions. No rows leave the centre."),
    contract_note="No rows leave: the sandbox gives private answers alone.",
    opened_by=Opening.QUESTION,
    page="grant_sandbox",
    partial="",
    takes_key=False,
    rows_leave=False,
    leaves_whole=False,
    is_counted=False,
    is_for_data=True,
    is_for_models=False,
    is_for_important=True,
    follows=True,
    snippets=no_snippets,
)
