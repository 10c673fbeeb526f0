"""The methods by name, and how one is run."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from valuation.errors import ValuationError
from valuation.inputs import Fields, as_stored
from valuation.methods import (
    ahp,
    cost,
    income,
    infonomics,
    market,
    options,
    pricing,
    quality,
    reconcile,
    shapley,
    simulate,
    statistical,
    tornado,
)
from valuation.result import Figures, Result
from valuation.rounding import rounded
from valuation.suggestion import did_you_mean
from valuation.version import VERSION


@dataclass(frozen=True)
class Method:
    """A way to a value: its name on the command line, what it is, and the calculation.

    `also` are other names that files and people call it by.
    """

    name: str
    title: str
    formula: str
    calculate: Callable[[Fields], Figures]
    also: tuple[str, ...] = ()


def _by_name(methods: Iterable[Method]) -> Mapping[str, Method]:
    found: dict[str, Method] = {}
    for method in methods:
        if method.name in found:
            raise RuntimeError(f"Two valuation methods are named {method.name!r}: rename one.")
        found[method.name] = method
    return MappingProxyType(found)


def _by_other_name(methods: Mapping[str, Method]) -> Mapping[str, Method]:
    found: dict[str, Method] = {}
    for method in methods.values():
        for name in method.also:
            if name in found or name in methods:
                raise RuntimeError(f"Two valuation methods are called {name!r}: rename one.")
            found[name] = method
    return MappingProxyType(found)


def _sensitivities(fields: Fields) -> Figures:
    return tornado.calculate(fields, value)


METHODS: Final = _by_name(
    [
        Method("cost", "Cost approach", cost.FORMULA, cost.calculate, ("cost_approach",)),
        Method("ahp", "Weights from pairwise judgements", ahp.FORMULA, ahp.calculate),
        Method(
            "quality",
            "Quality of a table",
            quality.FORMULA,
            quality.calculate,
            ("quality_gbt36344",),
        ),
        Method("pricing", "Prices of data", pricing.FORMULA, pricing.calculate),
        Method("shapley", "Shares of joint owners", shapley.FORMULA, shapley.calculate),
        Method("market", "Market approach", market.FORMULA, market.calculate, ("market_approach",)),
        Method(
            "statistical",
            "Costs as a statistical office counts them",
            statistical.FORMULA,
            statistical.calculate,
            ("statistical_office",),
        ),
        Method("options", "Real option", options.FORMULA, options.calculate, ("real_options",)),
        Method("infonomics", "Infonomics", infonomics.FORMULA, infonomics.calculate),
        Method("income", "Income approach", income.FORMULA, income.calculate, ("income_approach",)),
        Method(
            "simulate",
            "Value under uncertainty",
            simulate.FORMULA,
            simulate.calculate,
            ("monte_carlo",),
        ),
        Method("reconcile", "Reconciliation", reconcile.FORMULA, reconcile.calculate),
        Method("tornado", "Sensitivities", tornado.FORMULA, _sensitivities),
    ]
)
"""Every method once, by its own name."""

_OTHER_NAMES: Final = _by_other_name(METHODS)


def find_method(name: str) -> Method:
    """Return the method that is called so, by its own name or another.

    Raises:
        ValuationError: `unknown-method`, with the name that was probably meant.
    """
    if name in METHODS:
        return METHODS[name]
    if name in _OTHER_NAMES:
        return _OTHER_NAMES[name]
    raise ValuationError("unknown-method", given=name, advice=did_you_mean(name, METHODS))


def value(method: str, inputs: Mapping[str, object]) -> Result:
    """Value a data asset by one method; the keys of `inputs` are those of its documentation.

    Raises:
        ValuationError: there is no such method, or an input breaks one of its rules.
    """
    chosen = find_method(method)
    figures = chosen.calculate(Fields({str(name): part for name, part in inputs.items()}))
    return Result(
        method=chosen.name,
        version=VERSION,
        amount=None if figures.amount is None else rounded(figures.amount, figures.currency),
        currency=figures.currency,
        explanation=figures.explanation,
        warnings=figures.warnings,
        inputs={str(name): as_stored(part) for name, part in inputs.items()},
        outputs=figures.outputs,
    )
