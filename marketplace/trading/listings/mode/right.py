"""The right itself, which the register passes to its buyer."""

from django.utils.translation import gettext_lazy

from marketplace.trading.listings.mode.base import Mode, Opening, no_snippets

RIGHT = Mode(
    name="right",
    label=gettext_lazy("Entry in the register: the right itself is sold"),
    buyer_then=gettext_lazy("Then the register enters you as the holder."),
    contract_note="The data as it is handed over, as a Parquet file beside this contract.",
    opened_by=Opening.ENTRY,
    page="",
    partial="",
    takes_key=False,
    rows_leave=False,
    leaves_whole=False,
    is_counted=False,
    is_for_data=True,
    is_for_models=False,
    is_for_important=False,
    follows=False,
    snippets=no_snippets,
)
