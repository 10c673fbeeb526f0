"""Sentences about the cost approach."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REFUSALS: Mapping[str, str | Promise] = {
    "amount-missing": _("No cost is given. Give at least one cost component."),
    "costs-twice": _(
        "The costs are given twice, as %(given)s. Give them in one form, or the same money counts "
        "twice."
    ),
    "delta-twice": _(
        "The value adjustment is given twice: by itself and through %(given)s. Give it once."
    ),
    "index-missing": _(
        "The price index has no value for the period %(period)s. Add it to the index."
    ),
    "negative-component": _(
        "“%(field)s” is %(given)s. A cost is 0 or more: give the amount without the sign, or leave "
        "it out."
    ),
    "negative-delta": _(
        "The value adjustment is %(given)s. Give 0 or more: 1 leaves the cost as it is."
    ),
    "remaining-life-too-long": _(
        "The remaining life of %(remaining)s years is longer than the whole life of %(total)s "
        "years. Give a remaining life that is at most the whole life."
    ),
}

WARNINGS: Mapping[str, str | Promise] = {
    "cost-basis-unstated": _(
        "It is not stated at which prices the costs are. Say whether they are at prices of the "
        "valuation date, or restate them by a price index."
    ),
    "delta-unstated": _(
        "Only the replacement cost is answered. It is no value before it is adjusted: give the "
        "quality coefficient, the remaining and the whole life."
    ),
    "delta-without-justification": _(
        "The value adjustment %(delta)s is above 1 and nothing says why. Write down the reason, "
        "such as scarcity."
    ),
    "historic-cost": _(
        "The costs are historic. A cost approach asks what the data would cost to replace at the "
        "valuation date: restate them by a price index."
    ),
    "price-index-falls": _(
        "The price index falls from %(then)s in %(period)s to %(now)s in %(valuation_period)s. "
        "Check that it is not inverted."
    ),
}
