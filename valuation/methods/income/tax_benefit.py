"""The tax amortization benefit: what a purchaser saves in tax by amortizing the price.

`TAB = 1 / (1 − t · a(n, i) / n)`, with `a(n, i)` the value of 1 a year for `n` years: as in the
International Valuation Standards. It counts only where the purchaser may deduct the amortization.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from valuation.errors import ValuationError
from valuation.inputs import Fields
from valuation.methods.income.life import refuse_unending
from valuation.methods.income.rates import Rate
from valuation.powers import power
from valuation.result import Node, ValuationWarning
from valuation.rounding import as_amount, rounded, to_decimal
from valuation.series import LONGEST

TAX_NAMES: Final = {
    "P_without_tab": ("value_without_tab", "P_before_tab"),
    "tax_rate": ("tax",),
    "tax_life_years": ("tax_life", "amortization_years", "amortisation_years"),
    "deductible": ("tax_deductible", "amortizable", "amortisable", "purchaser_can_amortize"),
}


@dataclass(frozen=True)
class TaxBenefit:
    """The factor by which the benefit raises a value (1 where nothing may be deducted)."""

    factor: Fraction
    node: Node
    warnings: tuple[ValuationWarning, ...]


def tax_benefit(fields: Fields, rate: Rate, *, mid_year: bool = False) -> TaxBenefit:
    """Compute the factor from `tax_rate` (ratio), `tax_life_years` (years) and `deductible`.

    Raises:
        ValuationError: a field is missing, or the tax is not from 0 to below 1.
    """
    refuse_unending(fields, "tax_life_years")
    tax = fields.non_negative("tax_rate", "Give the income tax as a ratio, such as 0.25.")
    if tax >= 1:
        raise ValuationError(
            "share-out-of-range", field=fields.name("tax_rate"), given=fields.given["tax_rate"]
        )
    years = fields.positive("tax_life_years", "Give the years over which tax law amortizes it.")
    if years > LONGEST:
        raise ValuationError(
            "life-too-long",
            field=fields.name("tax_life_years"),
            given=fields.given["tax_life_years"],
            most=LONGEST,
        )
    deductible = True
    warnings: tuple[ValuationWarning, ...] = ()
    if not fields.has("deductible"):
        warnings = (ValuationWarning("tax-benefit-unstated"),)
    else:
        deductible = fields.truth("deductible", "Say true or false.")
    if not deductible:
        return TaxBenefit(
            Fraction(1),
            Node("tab_factor", to_decimal(Fraction(1)), "ratio", "1: not deductible"),
            (ValuationWarning("tax-benefit-not-deductible"),),
        )
    annuity = annuity_of(rate.rate, years)
    if mid_year:
        annuity *= power(1 + rate.rate, Fraction(1, 2))
    factor = 1 / (1 - tax * annuity / years)
    node = Node(
        "tab_factor",
        to_decimal(factor),
        "ratio",
        "1 / (1 − tax_rate · annuity / tax_life_years)",
        children=(
            Node("tax_rate", to_decimal(tax), "ratio"),
            Node(
                "annuity",
                to_decimal(annuity),
                "ratio",
                f"(1 − (1 + {rate.node.name})^(−tax_life_years)) / {rate.node.name}",
                children=(rate.node,),
            ),
            Node("tax_life_years", to_decimal(years), "years"),
        ),
    )
    return TaxBenefit(factor, node, warnings)


def annuity_of(rate: Fraction, years: Fraction) -> Fraction:
    """Return the value of 1 at the end of each year, `(1 − (1+i)^−n) / i`; `n` where `i` is 0."""
    if rate == 0:
        return years
    return (1 - 1 / power(1 + rate, years)) / rate


def raised(amount: Fraction, node: Node, benefit: TaxBenefit, currency: str) -> Node:
    """Explain a value with its benefit."""
    return Node(
        "P",
        rounded(amount * benefit.factor, currency),
        currency,
        f"{node.name} · tab_factor",
        children=(node, benefit.node),
    )


def value_without(fields: Fields, currency: str) -> tuple[Fraction, Node]:
    """Read the value to which the benefit is added, as an input."""
    amount = fields.non_negative("P_without_tab", "Give the value before the benefit.")
    return amount, Node("P_without_tab", as_amount(amount, currency), currency)
