"""One value from the adjusted prices of comparables, with their spread."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from statistics import median
from typing import Final

from valuation.errors import ValuationError
from valuation.inputs import Fields
from valuation.methods.market.comparables import (
    COEFFICIENTS,
    COMPARABLE_NAMES,
    Comparable,
    comparable_from,
)
from valuation.result import Figures, Node, ValuationWarning, money, with_sources
from valuation.rounding import rounded, short, to_decimal
from valuation.series import is_list, numbers

FORMULA: Final = (
    "P = sum w_j · P_j; P_j = price · quality · supply_demand · date · capacity · other; "
    "date = index at valuation / index at transaction"
)
MOST_COMPARABLES: Final = 1000
FEWEST_COMPARABLES: Final = 3
"""As many transactions the market approach asks for; with fewer a reader is warned."""
_SUM_TOLERANCE: Final = Fraction(1, 10**9)
_SINGLE: Final = ("price", "coefficients", "price_index", *COEFFICIENTS)


def calculate(fields: Fields) -> Figures:
    """Compute the market approach.

    Inputs: `currency`; `Q` with `coefficients` (one comparable), or `comparables`, each with
    `price` and its coefficients, and `weights` that add up to 1 (or a `weight` in each).

    Outputs: for one `product` and `P`; otherwise `adjusted`, `mean`, `median`, `min`, `max`,
    `spread` (highest less lowest, over the mean), `weighted` with weights, and `P`, the weighted
    mean, or the plain mean where no weights are given.
    """
    if not fields.has("comparables"):
        return _of_one(fields)
    fields.refuse_others("currency", "comparables", "weights", "sources")
    currency = fields.currency_if_given()
    comparables = _comparables(fields, currency)
    adjusted = [comparable.adjusted for comparable in comparables]
    weights = _weights(fields, len(adjusted))
    mean = sum(adjusted, Fraction(0)) / len(adjusted)
    amount = mean
    warnings = [warning for each in comparables for warning in each.warnings]
    nodes = [each.node(f"adjusted[{place}]", currency) for place, each in enumerate(comparables, 1)]
    outputs: dict[str, object] = {
        "adjusted": [rounded(part, currency) for part in adjusted],
        "mean": rounded(mean, currency),
        "median": rounded(median(adjusted), currency),
        "min": rounded(min(adjusted), currency),
        "max": rounded(max(adjusted), currency),
        "spread": to_decimal((max(adjusted) - min(adjusted)) / mean),
    }
    formula = "mean of adjusted"
    if weights:
        amount = sum((w * part for w, part in zip(weights, adjusted, strict=True)), Fraction(0))
        outputs["weighted"] = rounded(amount, currency)
        formula = " + ".join(f"weights[{n}] · adjusted[{n}]" for n in range(1, len(weights) + 1))
        nodes += [Node(f"weights[{n}]", to_decimal(w), "ratio") for n, w in enumerate(weights, 1)]
    elif len(adjusted) > 1:
        warnings.append(ValuationWarning("comparables-unweighted"))
    if len(adjusted) == 1:
        warnings.append(ValuationWarning("single-comparable"))
    elif len(adjusted) < FEWEST_COMPARABLES:
        warnings.append(ValuationWarning("few-comparables", {"given": str(len(adjusted))}))
    outputs["P"] = rounded(amount, currency)
    node = Node("P", rounded(amount, currency), currency, formula, children=tuple(nodes))
    return money(amount, currency, with_sources(node, fields), tuple(warnings), outputs)


def _of_one(given: Fields) -> Figures:
    fields = given.aliased(COMPARABLE_NAMES)
    fields.refuse_others("currency", "sources", "name", *_SINGLE)
    currency = fields.currency_if_given()
    if not fields.has("price"):
        raise ValuationError("comparables-missing")
    only = comparable_from(fields, currency)
    outputs: dict[str, object] = {
        f"X_{name}": to_decimal(value) for name, value in only.coefficients.items()
    }
    outputs |= {"product": to_decimal(only.product), "P": rounded(only.adjusted, currency)}
    warnings = (*only.warnings, ValuationWarning("single-comparable"))
    node = with_sources(only.node("P", currency), fields)
    return money(only.adjusted, currency, node, warnings, outputs)


def _comparables(fields: Fields, currency: str) -> list[Comparable]:
    entries = fields.entries("comparables", "Give past transactions with price and coefficients.")
    if not entries:
        raise ValuationError("comparables-missing")
    if len(entries) > MOST_COMPARABLES:
        raise ValuationError("series-too-long", field="comparables", most=MOST_COMPARABLES)
    found = []
    for place, entry in enumerate(entries, 1):
        known = entry.aliased(COMPARABLE_NAMES)
        known.refuse_others("name", "currency", "weight", *_SINGLE)
        found.append(comparable_from(known, currency, place=place))
    return found


def _weights(fields: Fields, count: int) -> Sequence[Fraction]:
    """Read the weights of all comparables, as one list or one in each; none is no list."""
    entries = fields.entries("comparables", "")
    within = [entry for entry in entries if entry.has("weight")]
    if within and fields.has("weights"):
        raise ValuationError("field-twice", first="weights", second=within[0].name("weight"))
    if within:
        weights = [entry.non_negative("weight", "Give each its weight.") for entry in entries]
    elif not fields.has("weights"):
        return []
    elif is_list(fields.given["weights"]):
        weights = numbers(fields, "weights", "Give one weight for each comparable.")
    else:
        raise ValuationError("not-a-list", field=fields.name("weights"))
    if len(weights) != count:
        raise ValuationError(
            "series-length", field=fields.name("weights"), given=len(weights), expected=count
        )
    refuse_other_sums(weights, fields.name("weights"))
    return weights


def refuse_other_sums(weights: Sequence[Fraction], field: str) -> None:
    """Refuse weights that do not add up to 1.

    Raises:
        ValuationError: `weights-sum`.
    """
    total = sum(weights, Fraction(0))
    if abs(total - 1) > _SUM_TOLERANCE:
        raise ValuationError("weights-sum", field=field, given=short(total))
