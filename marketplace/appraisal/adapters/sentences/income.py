"""Sentences about the income approach."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REFUSALS: Mapping[str, str | Promise] = {
    "first-period-too-long": _(
        "The first period ends on %(given)s, more than a year after the valuation date. Give the "
        "end of the period in which the valuation date lies."
    ),
    "income-beyond-right": _(
        "The income presupposes the right to %(needed)s, but what is held is the right to "
        "%(held)s. Leave that income out, or value the right from which it comes."
    ),
    "income-missing": _(
        "No income is given. Give the income of each year, direct or by one of the other models."
    ),
    "life-too-long": _("“%(field)s” is %(given)s years. Give at most %(most)s."),
    "tax-basis-mismatch": _(
        "The flows are %(flow)s and the discount rate is %(rate)s. Take both before or both after "
        "income tax, or the value is wrong by about the tax."
    ),
}

WARNINGS: Mapping[str, str | Promise] = {
    "flow-negative": _(
        "The flow is negative in the periods %(periods)s: there the data costs more than it earns. "
        "Check income and charges of these periods."
    ),
    "life-cuts-income": _(
        "Income after the economic life of %(years)s years is left out. Check the limit that binds."
    ),
    "quality-twice": _(
        "Bad quality lowers the value twice: by the quality coefficient and by a premium in the "
        "discount rate. Leave one of them out."
    ),
    "split-rate-constant": _(
        "The data’s share of the income stays the same in all periods. Data ages: let the share "
        "fall, or write down why it does not."
    ),
    "split-rate-rises": _(
        "The data’s share of the income rises in period %(period)s. Data ages: let the share fall, "
        "or write down why it rises."
    ),
    "tax-basis-half-stated": _(
        "Only one of the two is stated: whether the flows, and whether the discount rate, are "
        "before or after income tax. State both."
    ),
    "tax-benefit-not-deductible": _(
        "The amortization cannot be deducted from the purchaser’s tax, so no tax amortization "
        "benefit is added."
    ),
    "tax-benefit-unstated": _(
        "It is not stated whether the purchaser may deduct the amortization; the benefit is added "
        "as if so. Say yes or no."
    ),
    "value-negative": _(
        "The flows are together worth less than nothing. That is no value of the data: it does not "
        "pay its holder. Check the costs and charges, or do not value by this approach."
    ),
}
