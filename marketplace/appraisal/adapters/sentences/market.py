"""Sentences about the market approach."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REFUSALS: Mapping[str, str | Promise] = {
    "comparables-missing": _("No comparable is given. Give past transactions with their prices."),
    "currencies-mixed": _(
        "“%(field)s” is %(given)s where the rest is in %(expected)s. Currencies are never mixed: "
        "convert it at the rate of its day, and say so in its source."
    ),
    "date-index-inverted": _(
        "The date coefficient is %(given)s, which is the index upside down. It is the index on the "
        "valuation date divided by that on the day of the transaction: %(expected)s."
    ),
}

WARNINGS: Mapping[str, str | Promise] = {
    "comparables-unweighted": _(
        "No weights are given, so each comparable counts the same. Give weights that add up to 1, "
        "with more for what resembles the data more."
    ),
    "date-index-falls": _(
        "The date coefficient of comparable %(place)s is %(factor)s, below 1: prices would have "
        "fallen since. Check that it is not inverted."
    ),
    "few-comparables": _(
        "The value rests on %(given)s comparables, where the market approach asks for three at "
        "least. Look for others, or do not value by this approach alone."
    ),
    "single-comparable": _(
        "The value rests on one single comparable. Look for others, or do not value by this "
        "approach alone."
    ),
}
