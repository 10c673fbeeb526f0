"""What the methods of the library are called."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

import valuation

TITLES: Mapping[str, str | Promise] = {
    "ahp": _("Weights from pairwise judgements"),
    "cost": _("Cost approach"),
    "income": _("Income approach"),
    "infonomics": _("Infonomics indices"),
    "market": _("Market approach"),
    "options": _("Real option"),
    "pricing": _("Prices of data"),
    "quality": _("Quality of a table"),
    "reconcile": _("Several approaches, reconciled"),
    "shapley": _("Shares of joint owners"),
    "simulate": _("Distribution of a value (Monte Carlo)"),
    "statistical": _("Sum of costs of the statistical office"),
    "tornado": _("Sensitivities of a value"),
}
"""Titles by the library's names; a method without one keeps the library's own title."""


def title_of(name: str) -> str:
    """Name a method in the reader's language."""
    return str(TITLES.get(name) or valuation.METHODS[name].title)
