"""What the figures, fields and units of `valuation` are called, by subject.

Figures that do not stand here keep the library's own name.
"""

import re
from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy

import valuation

FIGURES: Mapping[str, str | Promise] = {
    # The cost approach
    "C": gettext_lazy("Replacement cost"),
    "delta": gettext_lazy("Value adjustment"),
    "components": gettext_lazy("Cost components"),
    "preliminary": gettext_lazy("Preliminary cost"),
    "direct": gettext_lazy("Direct cost"),
    "indirect": gettext_lazy("Indirect cost"),
    "opportunity": gettext_lazy("Opportunity cost"),
    "tax": gettext_lazy("Taxes and fees"),
    "groups": gettext_lazy("Cost groups"),
    "construction": gettext_lazy("Construction"),
    "operation": gettext_lazy("Operation and maintenance"),
    "management": gettext_lazy("Management"),
    "cost_lines": gettext_lazy("Cost lines"),
    "cost_basis": gettext_lazy("Prices that the costs are at"),
    "quality_coefficient": gettext_lazy("Quality coefficient"),
    "remaining_life_years": gettext_lazy("Remaining life in years"),
    "total_life_years": gettext_lazy("Whole life in years"),
    "allocation": gettext_lazy("Share allocated to the data"),
    "price_index": gettext_lazy("Price index"),
    # The income approach
    "income": gettext_lazy("Income"),
    "split_rates": gettext_lazy("Share of the data"),
    "K": gettext_lazy("Share of the data"),
    "total_income": gettext_lazy("Income of all assets"),
    "contributory_assets": gettext_lazy("Contributory assets"),
    "balance": gettext_lazy("Balance"),
    "rate": gettext_lazy("Rate"),
    "charge": gettext_lazy("Charge"),
    "charges": gettext_lazy("Charges"),
    "income_with": gettext_lazy("Income with the data"),
    "income_without": gettext_lazy("Income without the data"),
    "cashflows": gettext_lazy("Cash flow"),
    "F": gettext_lazy("Flow"),
    "PV": gettext_lazy("Present value"),
    "P_end": gettext_lazy("Value, money at the end of each year"),
    "P_mid": gettext_lazy("Value, money in the middle of each year"),
    "discount_rate": gettext_lazy("Discount rate"),
    "i": gettext_lazy("Discount rate"),
    "rf": gettext_lazy("Risk-free rate"),
    "premia": gettext_lazy("Risk premia"),
    "premia.management": gettext_lazy("Management premium"),
    "premia.circulation": gettext_lazy("Circulation premium"),
    "premia.data_security": gettext_lazy("Data security premium"),
    "premia.security": gettext_lazy("Data security premium"),
    "premia.regulatory": gettext_lazy("Regulatory premium"),
    "premia.quality": gettext_lazy("Quality premium"),
    "periods": gettext_lazy("Years"),
    "n": gettext_lazy("Economic life"),
    "binding": gettext_lazy("Limit that binds"),
    "life_limits": gettext_lazy("Limits of the life"),
    "legal_term": gettext_lazy("Legal term"),
    "contract": gettext_lazy("Contract term"),
    "timeliness": gettext_lazy("Timeliness of the data"),
    "product_cycle": gettext_lazy("Product cycle"),
    "convention": gettext_lazy("When the money comes"),
    "valuation_date": gettext_lazy("Valuation date"),
    "first_period_end": gettext_lazy("End of the first period"),
    "day_count": gettext_lazy("Day count"),
    "t0": gettext_lazy("Length of the first period"),
    "perpetual": gettext_lazy("Life without end"),
    "P_without_tab": gettext_lazy("Value before the tax benefit"),
    "tab_factor": gettext_lazy("Tax amortization benefit"),
    "tax_rate": gettext_lazy("Income tax rate"),
    "tax_life_years": gettext_lazy("Years of tax amortization"),
    "annuity": gettext_lazy("Value of 1 a year"),
    "deductible": gettext_lazy("Deductible for the purchaser"),
    "tax_amortization": gettext_lazy("Tax amortization"),
    "right_held": gettext_lazy("Right that is held"),
    "income_rights": gettext_lazy("Right that the income presupposes"),
    "flow_basis": gettext_lazy("Flows before or after tax"),
    "rate_basis": gettext_lazy("Rate before or after tax"),
    "pre_tax": gettext_lazy("before tax"),
    "post_tax": gettext_lazy("after tax"),
    "hold": gettext_lazy("hold"),
    "use": gettext_lazy("use"),
    "operate": gettext_lazy("operate"),
    # Infonomics
    "IVI": gettext_lazy("Intrinsic value index"),
    "BVI": gettext_lazy("Business value index"),
    "PVI": gettext_lazy("Performance value index"),
    "CVI": gettext_lazy("Cost value"),
    "MVI": gettext_lazy("Market value by infonomics"),
    "EVI": gettext_lazy("Economic value"),
    "validity": gettext_lazy("Validity of the data"),
    "completeness": gettext_lazy("Completeness"),
    "scarcity": gettext_lazy("Share of the market that has the data"),
    "lifecycle_months": gettext_lazy("Life in months"),
    "relevance": gettext_lazy("Relevance"),
    "T_months": gettext_lazy("Months of use"),
    "t_months": gettext_lazy("Months measured"),
    "informed": gettext_lazy("With the data"),
    "control": gettext_lazy("Without the data"),
    "expense": gettext_lazy("Process expense"),
    "attribution": gettext_lazy("Share attributed to the data"),
    "lost_income": gettext_lazy("Income lost without the data"),
    "exclusive_price": gettext_lazy("Price of an exclusive licence"),
    "licensees": gettext_lazy("Licensees"),
    "premium": gettext_lazy("Premium for exclusivity"),
    "revenue_informed": gettext_lazy("Revenue with the data"),
    "revenue_control": gettext_lazy("Revenue without the data"),
    "acquisition": gettext_lazy("Acquisition cost"),
    "administration": gettext_lazy("Administration cost"),
    "application": gettext_lazy("Application cost"),
    "models": gettext_lazy("Models"),
    # What every method has
    "P": gettext_lazy("Value"),
    "amount": gettext_lazy("Amount"),
    "currency": gettext_lazy("Currency"),
    "sources": gettext_lazy("Sources"),
    # The market approach
    "comparables": gettext_lazy("Comparables"),
    "Q": gettext_lazy("Price of the comparable"),
    "price": gettext_lazy("Price of the comparable"),
    "coefficients": gettext_lazy("Adjustments"),
    "quality": gettext_lazy("Quality adjustment"),
    "supply_demand": gettext_lazy("Supply and demand adjustment"),
    "date": gettext_lazy("Date adjustment"),
    "capacity": gettext_lazy("Capacity adjustment"),
    "other": gettext_lazy("Other adjustments"),
    "subject": gettext_lazy("Score of the data"),
    "comparable": gettext_lazy("Score of the comparable"),
    "price_index.valuation_date": gettext_lazy("Price index on the valuation date"),
    "price_index.transaction_date": gettext_lazy("Price index on the day of the transaction"),
    "adjusted": gettext_lazy("Adjusted price"),
    "weights": gettext_lazy("Weight"),
    "weight": gettext_lazy("Weight"),
    "weighted": gettext_lazy("Weighted mean"),
    "mean": gettext_lazy("Mean"),
    "median": gettext_lazy("Median"),
    "min": gettext_lazy("Lowest"),
    "max": gettext_lazy("Highest"),
    "spread": gettext_lazy("Spread over the mean"),
    "product": gettext_lazy("Product of the adjustments"),
    # Real options
    "present_value": gettext_lazy("Present value of the product"),
    "launch_cost": gettext_lazy("Cost to launch"),
    "r": gettext_lazy("Risk-free rate"),
    "sigma": gettext_lazy("Volatility"),
    "sigma_evidence": gettext_lazy("Evidence of the volatility"),
    "T": gettext_lazy("Years"),
    "q": gettext_lazy("Leakage a year"),
    "call": gettext_lazy("Option to launch"),
    "put": gettext_lazy("Option to give up"),
    "option_value": gettext_lazy("Option value"),
    "static_npv": gettext_lazy("Static net present value"),
    "kind": gettext_lazy("Kind"),
    # A reconciliation
    "results": gettext_lazy("Results of the approaches"),
    "reason": gettext_lazy("Reason of the weight"),
    "low": gettext_lazy("Low end of the range"),
    "high": gettext_lazy("High end of the range"),
    "purpose": gettext_lazy("Purpose"),
    "right": gettext_lazy("Right that is valued"),
    # Weights, prices, shares and draws
    "lambda_max": gettext_lazy("Largest eigenvalue"),
    "accept": gettext_lazy("Acceptable"),
    "priorities": gettext_lazy("Priorities"),
    "matrix": gettext_lazy("Matrix of comparisons"),
    "alternatives": gettext_lazy("Alternatives"),
    "rules": gettext_lazy("Rules"),
    "as_of": gettext_lazy("Day of the assessment"),
    "scores": gettext_lazy("Scores"),
    "total_100": gettext_lazy("Total out of 100"),
    "failing_rows": gettext_lazy("Rows that fail"),
    "checks": gettext_lazy("Checks"),
    "normality": gettext_lazy("Normativity"),
    "accuracy": gettext_lazy("Accuracy"),
    "consistency": gettext_lazy("Consistency"),
    "accessibility": gettext_lazy("Accessibility"),
    "menu": gettext_lazy("Menu of offers"),
    "variance": gettext_lazy("Variance"),
    "arbitrage": gettext_lazy("Arbitrage"),
    "attack": gettext_lazy("Cheapest way around a price"),
    "safe_prices": gettext_lazy("Prices without arbitrage"),
    "view_prices": gettext_lazy("Prices of views"),
    "queries": gettext_lazy("Queries"),
    "buyers": gettext_lazy("Groups of buyers"),
    "single_price": gettext_lazy("Price of one version"),
    "single_revenue": gettext_lazy("Revenue of one version"),
    "high_price": gettext_lazy("Price of the high version"),
    "low_price": gettext_lazy("Price of the low version"),
    "tiers": gettext_lazy("Tiers"),
    "usage": gettext_lazy("Usage"),
    "fixed_fee": gettext_lazy("Fixed fee"),
    "marginal_price": gettext_lazy("Price of the next unit"),
    "average_price": gettext_lazy("Average price"),
    "operating_cost": gettext_lazy("Operating cost"),
    "permitted_profit_rate_on_cost": gettext_lazy("Permitted profit rate on cost"),
    "permitted_profit_rate": gettext_lazy("Permitted profit rate"),
    "permitted_profit": gettext_lazy("Permitted profit"),
    "max_revenue": gettext_lazy("Maximum permitted revenue"),
    "actual_revenue": gettext_lazy("Actual revenue"),
    "excess": gettext_lazy("Excess revenue"),
    "next_period_max": gettext_lazy("Maximum revenue of the next period"),
    "next_period_max_before_deduction": gettext_lazy(
        "Maximum revenue of the next period before deduction"
    ),
    "carried_over": gettext_lazy("Carried over"),
    "expected_units": gettext_lazy("Expected units"),
    "price_ceiling": gettext_lazy("Price ceiling"),
    "ceiling": gettext_lazy("Ceiling"),
    "players": gettext_lazy("Owners"),
    "covers": gettext_lazy("Items of each owner"),
    "overlaps": gettext_lazy("Overlaps"),
    "permutations": gettext_lazy("Random orders"),
    "seed": gettext_lazy("Seed"),
    "joint_price": gettext_lazy("Joint price"),
    "shapley": gettext_lazy("Contributions"),
    "standard_error": gettext_lazy("Standard error"),
    "shares": gettext_lazy("Shares"),
    "split": gettext_lazy("Share of the data"),
    "assets": gettext_lazy("Contributory assets"),
    "correlation": gettext_lazy("Correlation"),
    "draws": gettext_lazy("Draws"),
    "sd": gettext_lazy("Standard deviation"),
    "share_negative": gettext_lazy("Share of negative draws"),
    "histogram": gettext_lazy("Histogram"),
    "closed_form": gettext_lazy("Closed form"),
    "vary": gettext_lazy("Inputs to vary"),
    "bars": gettext_lazy("Bars"),
    "swing": gettext_lazy("Swing"),
    # The sum of costs, perpetual inventory and growth
    "occupations": gettext_lazy("Occupations"),
    "people": gettext_lazy("Number of people"),
    "wage": gettext_lazy("Wage a year"),
    "share": gettext_lazy("Share of time for data"),
    "share_low": gettext_lazy("Lower share of time for data"),
    "share_high": gettext_lazy("Upper share of time for data"),
    "labour": gettext_lazy("Labour"),
    "labour_low": gettext_lazy("Labour, lower"),
    "labour_high": gettext_lazy("Labour, upper"),
    "I": gettext_lazy("Investment"),
    "I_low": gettext_lazy("Investment, lower"),
    "I_high": gettext_lazy("Investment, upper"),
    "range": gettext_lazy("Range"),
    "nondirect": gettext_lazy("Other costs over labour"),
    "capital": gettext_lazy("Capital services over costs"),
    "investment": gettext_lazy("Investment"),
    "d": gettext_lazy("Depreciation rate"),
    "K0": gettext_lazy("Stock at the start"),
    "K_T": gettext_lazy("Stock at the end"),
    "stock": gettext_lazy("Stock at the end"),
    "V0": gettext_lazy("First value"),
    "VT": gettext_lazy("Last value"),
    "cagr": gettext_lazy("Growth a year"),
}

UNITS: Mapping[str, str | Promise] = {
    "": "",
    "ratio": "",
    "index": "",
    "years": gettext_lazy("years"),
    "months": gettext_lazy("months"),
    "people": gettext_lazy("persons"),
    "count": "",
    "worth": "",
    "figure": "",
    "mean": "",
}
"""What stands behind a number that is no money."""

_PLACED = re.compile(r"(\w+)\[(\d+)\]")
_WORD = re.compile(r"[A-Za-z_]+")
WHOLE: Mapping[str, str | Promise] = {
    "1: not deductible": gettext_lazy("1, because it cannot be deducted"),
    "mean of adjusted": gettext_lazy("mean of the adjusted prices"),
    "sum of the lines": gettext_lazy("sum of the lines"),
    "sum of the occupations": gettext_lazy("sum of the occupations"),
    "side by side": gettext_lazy("the amounts side by side"),
}
"""Formulas that are said in words."""
_SUM = "sum of "
_FROM_RISK_FREE = "rf + "


def label_of(name: str) -> str:
    """Name a figure or field of the library, whose path may stand before it and place behind.

    A label may be given for the last two names of a path, where the last alone says too little.
    """
    parts = name.split(".")
    for known in (".".join(parts[-2:]), parts[-1]):
        if known in FIGURES:
            return str(FIGURES[known])
        placed = _PLACED.fullmatch(known)
        if placed and placed[1] in FIGURES:
            return f"{FIGURES[placed[1]]} {placed[2]}"
    return name


def formula_in_words(formula: str) -> str:
    if formula in WHOLE:
        return str(WHOLE[formula])
    if formula.startswith(_FROM_RISK_FREE):
        terms = formula.split(" + ")
        return " + ".join([label_of("rf"), *(label_of(f"premia.{term}") for term in terms[1:])])
    before, is_sum, terms_of_sum = formula.partition(_SUM)
    if is_sum:
        return _named(before) + gettext("sum of %(terms)s") % {"terms": _named(terms_of_sum)}
    return _named(formula)


def _named(formula: str) -> str:
    return _WORD.sub(lambda word: label_of(word[0]), formula)


TITLES: Mapping[str, str | Promise] = {
    "ahp": gettext_lazy("Weights from pairwise judgements"),
    "cost": gettext_lazy("Cost approach"),
    "income": gettext_lazy("Income approach"),
    "infonomics": gettext_lazy("Infonomics indices"),
    "market": gettext_lazy("Market approach"),
    "options": gettext_lazy("Real option"),
    "pricing": gettext_lazy("Prices of data"),
    "quality": gettext_lazy("Quality of a table"),
    "reconcile": gettext_lazy("Several approaches, reconciled"),
    "shapley": gettext_lazy("Shares of joint owners"),
    "simulate": gettext_lazy("Distribution of a value (Monte Carlo)"),
    "statistical": gettext_lazy("Sum of costs of the statistical office"),
    "tornado": gettext_lazy("Sensitivities of a value"),
}
"""Titles by the library's names; a method without one keeps the library's own title."""


def title_of(name: str) -> str:
    """Name a method in the reader's language."""
    return str(TITLES.get(name) or valuation.METHODS[name].title)
