"""Building a model from the fields of an input: value, direct, split or excess earnings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Final

from valuation.errors import ValuationError
from valuation.inputs import Fields
from valuation.lists import as_numbers, items, names
from valuation.uncertainty.correlation import triangle_of
from valuation.uncertainty.declared import (
    MOST_YEARS,
    bare_distribution,
    by_year,
    distributions_from,
    field_of,
    fields_of,
)
from valuation.uncertainty.distributions import Distribution
from valuation.uncertainty.models import Model, Term

_INCOMES: Final = ("revenue", "income", "cash_flow")
_SPLITS: Final = ("split", "royalty_rate", "royalty", "share")
_RATE: Final = "discount_rate"
_ADVICE: Final = "Give what the data earns, by year."
MOST_LINKED: Final = 60


@dataclass
class _Parts:
    """Inputs and terms as they are collected; `groups` hold the places of an input by year."""

    names: list[str] = field(default_factory=list)
    inputs: list[Distribution] = field(default_factory=list)
    terms: list[Term] = field(default_factory=list)
    groups: dict[str, tuple[int, ...]] = field(default_factory=dict)
    used: list[str] = field(default_factory=list)

    def add(self, name: str, distributions: tuple[Distribution, ...], *, yearly: bool) -> None:
        start = len(self.inputs)
        self.groups[name] = tuple(range(start, start + len(distributions)))
        self.inputs += distributions
        self.names += (
            [f"{name}[{year}]" for year in range(1, len(distributions) + 1)] if yearly else [name]
        )


def model_from(fields: Fields) -> tuple[Model, list[str]]:
    """Build the model that the fields tell, and name the fields that it took.

    `value`, or a distribution without a name (`mu` and `sigma`): the value itself.
    `revenue` (also `income`, `cash_flow`) alone: direct. With `split` (also `royalty_rate`): split.
    With `assets`: excess earnings.
    """
    parts = _Parts()
    value = field_of(fields, "value")
    bare = bare_distribution(fields)
    if bare is not None:
        parts.add("value", (bare[0],), yearly=False)
        parts.used += bare[1]
    elif value is not None:
        given_values, _ = distributions_from(fields, value)
        if len(given_values) != 1:
            raise ValuationError(
                "names-do-not-fit", field=value, given=len(given_values), expected=1
            )
        parts.add("value", given_values, yearly=False)
        parts.used += fields_of(fields, value)
    if parts.inputs:
        parts.terms.append(Term(0, (0,)))
        return Model(tuple(parts.names), tuple(parts.inputs), tuple(parts.terms)), parts.used
    return _discounted(fields, parts), parts.used


def _discounted(fields: Fields, parts: _Parts) -> Model:
    income = field_of(fields, *_INCOMES)
    if income is None:
        raise ValuationError("field-missing", field="revenue", advice=_ADVICE)
    split = field_of(fields, *_SPLITS)
    incomes, yearly = distributions_from(fields, income)
    splits = distributions_from(fields, split) if split else None
    years = len(incomes)
    if not yearly:
        years = len(splits[0]) if splits and splits[1] else _years(fields, parts)
    name = next(name for name in _INCOMES if income.startswith(name))
    parts.add(name, by_year(incomes, yearly, years, income), yearly=True)
    parts.used += fields_of(fields, income)
    if split and splits:
        parts.add("split", by_year(*splits, years, split), yearly=True)
        parts.used += fields_of(fields, split)
    if fields.has("assets"):
        if split:
            raise ValuationError("field-unknown", field=split, advice="Leave it or assets out.")
        parts.used.append("assets")
    for year in range(years):
        both = tuple(parts.groups[group][year] for group in parts.groups)
        parts.terms.append(Term(year + 1, both))
    if fields.has("assets"):
        _charge_assets(fields, parts, years)
    rate = _discount_rate(fields, parts)
    mid_year = False
    if fields.has("timing"):
        allowed = ("end", "mid", "end_of_year", "mid_year")
        mid_year = fields.one_of("timing", allowed, "Say when income comes.").startswith("mid")
        parts.used.append("timing")
    linked, root = _links(fields, parts)
    together: tuple[tuple[int, ...], ...] = ()
    if fields.has("independent"):
        parts.used.append("independent")
        if fields.given["independent"] is False and not linked:
            together = tuple(group for group in parts.groups.values() if len(group) > 1)
    return Model(
        tuple(parts.names),
        tuple(parts.inputs),
        tuple(parts.terms),
        rate,
        mid_year,
        linked,
        root,
        together,
    )


def _years(fields: Fields, parts: _Parts) -> int:
    name = "years" if fields.has("years") else "periods"
    years = fields.positive(name, "Give for how many years, or a distribution by year.")
    if years.denominator != 1 or years > MOST_YEARS:
        raise ValuationError("too-many-items", field=name, given=years, most=MOST_YEARS)
    parts.used.append(name)
    return int(years)


def _discount_rate(fields: Fields, parts: _Parts) -> int:
    found = field_of(fields, _RATE)
    if found is None:
        raise ValuationError("field-missing", field=_RATE, advice="Give a rate a year, like 0.12.")
    given, _ = distributions_from(fields, found)
    if len(given) != 1:
        raise ValuationError("names-do-not-fit", field=found, given=len(given), expected=1)
    if given[0].kind != "lognormal" and (given[0].lowest is None or given[0].lowest <= -1):
        raise ValuationError("rate-can-reach-minus-one", field=found)
    parts.add(_RATE, given, yearly=False)
    parts.used += fields_of(fields, found)
    return len(parts.inputs) - 1


def _charge_assets(fields: Fields, parts: _Parts, years: int) -> None:
    """Take off what the contributory assets have to earn: balance times rate, each year."""
    for number, asset in enumerate(fields.entries("assets", "List the contributory assets."), 1):
        balance, rate = field_of(asset, "balance"), field_of(asset, "rate", "return")
        for found, called in ((balance, "balance"), (rate, "rate")):
            if found is None:
                raise ValuationError(
                    "field-missing", field=asset.name(called), advice="Give it for each asset."
                )
        assert balance is not None
        assert rate is not None
        asset.refuse_others("name", *fields_of(asset, balance), *fields_of(asset, rate))
        balances = by_year(*distributions_from(asset, balance), years, asset.name(balance))
        parts.add(f"assets[{number}].balance", balances, yearly=True)
        rates, by_years = distributions_from(asset, rate)
        if by_years:
            rates = by_year(rates, by_years, years, asset.name(rate))
        # One rate that is not told by year is one uncertainty, not a new one each year.
        parts.add(f"assets[{number}].rate", rates, yearly=by_years)
        held = parts.groups[f"assets[{number}].balance"]
        returned = parts.groups[f"assets[{number}].rate"]
        for year in range(years):
            place = returned[year] if by_years else returned[0]
            parts.terms.append(Term(year + 1, (held[year], place), -1))


def _links(fields: Fields, parts: _Parts) -> tuple[tuple[int, ...], tuple[tuple[float, ...], ...]]:
    """Read `correlation` (also `rho`): names with a matrix, or a number.

    A number stands between income and split of a year, or without a split between any two years.
    Names of whole inputs (`revenue`) are correlated year by year, those with a year (`revenue[2]`)
    by themselves.
    """
    field_name = "rho" if fields.has("rho") else "correlation"
    if not fields.has(field_name):
        return (), ()
    parts.used.append(field_name)
    given = fields.given[field_name]
    if not isinstance(given, Mapping):
        income = next(iter(parts.groups))
        share = fields.number(field_name, "Give a number from -1 to 1.")
        called: tuple[str, ...] = (income, "split")
        if "split" not in parts.groups:
            called = tuple(parts.names[place] for place in parts.groups[income])
        matrix: list[tuple[Fraction, ...]] = [
            tuple(Fraction(1) if one == two else share for two in called) for one in called
        ]
    else:
        inner = fields.fields(field_name, "Give names and a matrix.")
        inner.refuse_others("names", "matrix")
        called = names(inner, "names", "Name the inputs.", most=MOST_LINKED)
        rows = items(inner, "matrix", "Give a row an input.", most=MOST_LINKED)
        matrix = [as_numbers(row, f"correlation.matrix[{n}]") for n, row in enumerate(rows, 1)]
    known = [*parts.groups, *(name for name in parts.names if name not in parts.groups)]
    Fields(dict.fromkeys(called), "correlation").refuse_others(*known)
    if len(matrix) != len(called):
        raise ValuationError(
            "names-do-not-fit", field="correlation", given=len(matrix), expected=len(called)
        )
    root = triangle_of(matrix, "correlation.matrix")
    columns = [parts.groups.get(name, ()) or (parts.names.index(name),) for name in called]
    years = len(columns[0])
    if any(len(column) != years for column in columns):
        raise ValuationError(
            "names-do-not-fit",
            field="correlation",
            given=", ".join(str(len(column)) for column in columns),
            expected=years,
        )
    linked = tuple(column[year] for year in range(years) for column in columns)
    size = len(called)
    blocks = tuple(
        tuple(
            root[row % size][column % size] if row // size == column // size else 0.0
            for column in range(size * years)
        )
        for row in range(size * years)
    )
    return linked, blocks
