"""The terms and the sale of a listing as lists to read, in the reader's language."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from marketplace.trading.listings.mode.modes import MODES
from marketplace.trading.listings.terms.terms import Terms


def terms_facts(values: Mapping[str, Any], *, delivery_mode: str = "") -> list[tuple[str, str]]:
    """Return the terms as a list to read; of a sale of the right itself, what it then comes to."""
    terms = Terms.from_json(values)
    if delivery_mode not in MODES or not MODES[delivery_mode].sells_right:
        return terms.facts()
    return [
        (_("Sold"), _("The right itself, with all that its certificate gives")),
        *terms.facts_of_right(),
    ]
