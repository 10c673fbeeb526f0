"""Sentences about the income approach."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REFUSALS: Mapping[str, str | Promise] = {
    "FIRST_PERIOD_TOO_LONG": _(
        "The first period ends on %(given)s, more than a year after the valuation date. Give the "
        "end of the period in which the valuation date lies."
    ),
    "INCOME_BEYOND_RIGHT": _(
        "The income presupposes the right to %(needed)s, but what is held is the right to "
        "%(held)s. Leave that income out, or value the right from which it comes."
    ),
    "INCOME_MISSING": _(
        "No income is given. Give the income of each year, direct or by one of the other models."
    ),
    "LIFE_TOO_LONG": _("“%(field)s” is %(given)s years. Give at most %(most)s."),
    "TAX_BASIS_MISMATCH": _(
        "The flows are %(flow)s and the discount rate is %(rate)s. Take both before or both after "
        "income tax, or the value is wrong by about the tax."
    ),
}

WARNINGS: Mapping[str, str | Promise] = {
    "FLOW_NEGATIVE": _(
        "The flow is negative in the periods %(periods)s: there the data costs more than it earns. "
        "Check income and charges of these periods."
    ),
    "LIFE_CUTS_INCOME": _(
        "Income after the economic life of %(years)s years is left out. Check the limit that binds."
    ),
    "QUALITY_TWICE": _(
        "Bad quality lowers the value twice: by the quality coefficient and by a premium in the "
        "discount rate. Leave one of them out."
    ),
    "SPLIT_RATE_CONSTANT": _(
        "The data’s share of the income stays the same in all periods. Data ages: let the share "
        "fall, or write down why it does not."
    ),
    "SPLIT_RATE_RISES": _(
        "The data’s share of the income rises in period %(period)s. Data ages: let the share fall, "
        "or write down why it rises."
    ),
    "TAX_BASIS_HALF_STATED": _(
        "Only one of the two is stated: whether the flows, and whether the discount rate, are "
        "before or after income tax. State both."
    ),
    "TAX_BENEFIT_NOT_DEDUCTIBLE": _(
        "The amortization cannot be deducted from the purchaser’s tax, so no tax amortization "
        "benefit is added."
    ),
    "TAX_BENEFIT_UNSTATED": _(
        "It is not stated whether the purchaser may deduct the amortization; the benefit is added "
        "as if so. Say yes or no."
    ),
    "VALUE_NEGATIVE": _(
        "The flows are together worth less than nothing. That is no value of the data: it does not "
        "pay its holder. Check the costs and charges, or do not value by this approach."
    ),
}
