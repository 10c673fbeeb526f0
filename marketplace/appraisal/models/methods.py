"""The ways to a value that the centre offers, by the names of the `valuation` library."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Method(models.TextChoices):
    """What the figure of a valuation, or of one approach to it, was computed by."""

    COST = "cost", _("Cost approach")
    INCOME = "income", _("Income approach")
    MARKET = "market", _("Market approach")
    RECONCILE = "reconcile", _("Several approaches, reconciled")
    OPTIONS = "options", _("Real option")


APPROACHES = (Method.COST, Method.INCOME, Method.MARKET)
"""What a value may rest on, alone or together."""

BESIDE = (Method.OPTIONS,)
"""What is shown beside the value and never counts towards it."""
