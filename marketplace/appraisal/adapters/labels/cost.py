"""What the figures and fields of the cost approach are called."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

FIGURES: Mapping[str, str | Promise] = {
    "C": _("Replacement cost"),
    "delta": _("Value adjustment"),
    "components": _("Cost components"),
    "preliminary": _("Preliminary cost"),
    "direct": _("Direct cost"),
    "indirect": _("Indirect cost"),
    "opportunity": _("Opportunity cost"),
    "tax": _("Taxes and fees"),
    "groups": _("Cost groups"),
    "construction": _("Construction"),
    "operation": _("Operation and maintenance"),
    "management": _("Management"),
    "cost_lines": _("Cost lines"),
    "cost_basis": _("Prices that the costs are at"),
    "quality_coefficient": _("Quality coefficient"),
    "remaining_life_years": _("Remaining life in years"),
    "total_life_years": _("Whole life in years"),
    "allocation": _("Share allocated to the data"),
    "price_index": _("Price index"),
}
