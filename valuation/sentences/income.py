"""Sentences about the income approach."""

from __future__ import annotations

from typing import Final

REFUSALS: Final = {
    "first-period-too-long": (
        "The first period ends on {given}, more than a year after the valuation date. Give in "
        "{field} the end of the period in which the valuation date lies."
    ),
    "income-beyond-right": (
        "The income presupposes the right to {needed}, but what is held is the right to {held}. "
        "Leave that income out, or value the right from which it comes."
    ),
    "income-missing": (
        "No income is given. Give one of: income, income with split_rates, total_income with "
        "contributory_assets, income_with with income_without, cashflows, P_without_tab."
    ),
    "life-too-long": "The field {field} is {given} years. Give at most {most}.",
    "tax-basis-mismatch": (
        "The flows are {flow} and the discount rate is {rate}. Take both before or both after "
        "income tax, or the value is wrong by about the tax."
    ),
}

WARNINGS: Final[dict[str, str]] = {
    "flow-negative": (
        "The flow is negative in the periods {periods}: there the data costs more than it earns. "
        "Check income and charges of these periods."
    ),
    "life-cuts-income": (
        "Income after the economic life of {years} years is left out. Check the limit that binds."
    ),
    "quality-twice": (
        "Bad quality lowers the value twice: by the quality coefficient and by a premium in the "
        "discount rate. Leave one of them out."
    ),
    "split-rate-constant": (
        "The data's share of the income stays the same in all periods. Data ages: let the share "
        "fall, or write down why it does not."
    ),
    "split-rate-rises": (
        "The data's share of the income rises in period {period}. Data ages: let the share fall, "
        "or write down why it rises."
    ),
    "tax-basis-half-stated": (
        "Only {given} is stated. State flow_basis and rate_basis, so that a reader sees that both "
        "are before or both are after income tax."
    ),
    "tax-benefit-not-deductible": (
        "The amortization cannot be deducted from the purchaser's tax, so no tax amortization "
        "benefit is added."
    ),
    "tax-benefit-unstated": (
        "It is not stated whether the purchaser may deduct the amortization; the benefit is added "
        "as if so. Set deductible to true or false."
    ),
    "value-negative": (
        "The flows are together worth less than nothing. That is no value of the data: it does not "
        "pay its holder. Check the costs and charges, or do not value by this approach."
    ),
}
