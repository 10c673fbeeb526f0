"""What the figures and fields of the sum of costs, perpetual inventory and growth are called."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

FIGURES: Mapping[str, str | Promise] = {
    "occupations": _("Occupations"),
    "people": _("Number of people"),
    "wage": _("Wage a year"),
    "share": _("Share of time for data"),
    "share_low": _("Lower share of time for data"),
    "share_high": _("Upper share of time for data"),
    "labour": _("Labour"),
    "labour_low": _("Labour, lower"),
    "labour_high": _("Labour, upper"),
    "I": _("Investment"),
    "I_low": _("Investment, lower"),
    "I_high": _("Investment, upper"),
    "range": _("Range"),
    "nondirect": _("Other costs over labour"),
    "capital": _("Capital services over costs"),
    "investment": _("Investment"),
    "d": _("Depreciation rate"),
    "K0": _("Stock at the start"),
    "K_T": _("Stock at the end"),
    "stock": _("Stock at the end"),
    "V0": _("First value"),
    "VT": _("Last value"),
    "cagr": _("Growth a year"),
}
