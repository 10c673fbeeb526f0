"""What the figures and fields of infonomics are called."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

FIGURES: Mapping[str, str | Promise] = {
    "IVI": _("Intrinsic value index"),
    "BVI": _("Business value index"),
    "PVI": _("Performance value index"),
    "CVI": _("Cost value"),
    "MVI": _("Market value by infonomics"),
    "EVI": _("Economic value"),
    "validity": _("Validity of the data"),
    "completeness": _("Completeness"),
    "scarcity": _("Share of the market that has the data"),
    "lifecycle_months": _("Life in months"),
    "relevance": _("Relevance"),
    "T_months": _("Months of use"),
    "t_months": _("Months measured"),
    "informed": _("With the data"),
    "control": _("Without the data"),
    "expense": _("Process expense"),
    "attribution": _("Share attributed to the data"),
    "lost_income": _("Income lost without the data"),
    "exclusive_price": _("Price of an exclusive licence"),
    "licensees": _("Licensees"),
    "premium": _("Premium for exclusivity"),
    "revenue_informed": _("Revenue with the data"),
    "revenue_control": _("Revenue without the data"),
    "acquisition": _("Acquisition cost"),
    "administration": _("Administration cost"),
    "application": _("Application cost"),
    "models": _("Models"),
}
