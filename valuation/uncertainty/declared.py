"""Reading distributions from the fields of an input.

An input `revenue` is given as `revenue` or as `revenue_KIND`. `revenue` holds a number, an object
with `distribution` and its parameters by name, or a list of those, one a year. `revenue_KIND` holds
the parameters in their order, or a list of such lists, one a year. `revenue_mean` with `revenue_sd`
are a normal distribution, each a number or a list by year.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Final

from valuation.errors import ValuationError
from valuation.inputs import Fields, decimal_from
from valuation.lists import as_items, as_numbers, numbers
from valuation.uncertainty.distributions import PARAMETERS, Distribution

MOST_YEARS: Final = 100
KINDS: Final = tuple(PARAMETERS)
_ALSO: Final[Mapping[str, tuple[str, ...]]] = {
    "low": ("min", "minimum"),
    "mode": ("likely", "most_likely"),
    "high": ("max", "maximum"),
    "mean": (),
    "sd": ("sigma", "standard_deviation"),
}


def field_of(fields: Fields, *names: str) -> str | None:
    """Return the field that holds one of these inputs, plainly or with a kind behind its name."""
    for name in names:
        for field in (name, *(f"{name}_{kind}" for kind in KINDS), f"{name}_mean"):
            if fields.has(field):
                return field
    return None


def distributions_from(fields: Fields, field: str) -> tuple[tuple[Distribution, ...], bool]:
    """Read the distributions of a field, and tell whether they are one a year.

    Raises:
        ValuationError: a parameter is missing or impossible.
    """
    value = fields.require(field, "Give a number, or a distribution.")
    path = fields.name(field)
    if field.endswith("_mean"):
        return _normal(fields, field)
    kind = next((kind for kind in KINDS if field.endswith(f"_{kind}")), None)
    if kind is None:
        if isinstance(value, list | tuple):
            parts = as_items(value, path, most=MOST_YEARS)
            return tuple(_one(part, f"{path}[{n}]") for n, part in enumerate(parts, 1)), True
        return (_one(value, path),), False
    if kind == "fixed" and not isinstance(value, list | tuple):
        value = [value]
    parts = as_items(value, path, most=MOST_YEARS)
    if parts and all(isinstance(part, list | tuple) for part in parts):
        return (
            tuple(
                Distribution(kind, as_numbers(part, f"{path}[{n}]"), f"{path}[{n}]")
                for n, part in enumerate(parts, 1)
            ),
            True,
        )
    return (Distribution(kind, as_numbers(parts, path), path),), False


def fields_of(fields: Fields, field: str) -> tuple[str, ...]:
    """Name the fields that a distribution was read from."""
    return (field, spread_of(field)) if field.endswith("_mean") else (field,)


def spread_of(field: str) -> str:
    """Name the field of the standard deviation that belongs to that of a mean."""
    return f"{field.removesuffix('_mean')}_sd"


def _normal(fields: Fields, field: str) -> tuple[tuple[Distribution, ...], bool]:
    spread = spread_of(field)
    both = [
        fields.require(name, "Give the mean and the standard deviation.")
        for name in (field, spread)
    ]
    yearly = [isinstance(part, list | tuple) for part in both]
    lists = [
        as_numbers(part if many else [part], fields.name(name))
        for part, many, name in zip(both, yearly, (field, spread), strict=True)
    ]
    count = max(len(part) for part in lists)
    if count > MOST_YEARS:
        raise ValuationError("too-many-items", field=field, given=count, most=MOST_YEARS)
    means, spreads = (
        part if many else part * count for part, many in zip(lists, yearly, strict=True)
    )
    if len(means) != len(spreads):
        raise ValuationError(
            "names-do-not-fit", field=spread, given=len(spreads), expected=len(means)
        )
    return (
        tuple(
            Distribution("normal", pair, fields.name(field))
            for pair in zip(means, spreads, strict=True)
        ),
        any(yearly),
    )


_BARE: Final[Mapping[str, tuple[tuple[str, ...], ...]]] = {
    "lognormal": (("mu",), ("sigma",)),
    "triangular": (("low", "min", "a"), ("mode", "likely", "m"), ("high", "max", "b")),
    "uniform": (("low", "min", "a"), ("high", "max", "b")),
    "normal": (("mean",), ("sd",)),
}


def bare_distribution(fields: Fields) -> tuple[Distribution, tuple[str, ...]] | None:
    """Read a distribution of the value itself that has no name before it, and its fields.

    Written as a kind with its parameters (`triangular = [1, 2, 4]`), or as parameters by name:
    `mu` and `sigma`; `low`, `mode` and `high`, of which `distribution` may say that they are PERT;
    `low` and `high`; `mean` and `sd`. None where there is none.
    """
    for kind in KINDS:
        if fields.has(kind):
            return Distribution(kind, numbers(fields, kind, "List its parameters."), kind), (kind,)
    told = fields.one_of("distribution", KINDS, "") if fields.has("distribution") else None
    for kind, writings in _BARE.items():
        used = [next((name for name in names if fields.has(name)), None) for names in writings]
        found = [name for name in used if name is not None]
        fits = told in (None, kind) or (told == "pert" and kind == "triangular")
        if len(found) == len(writings) and fits:
            parameters = tuple(fields.number(name, "Give a number.") for name in found)
            also = ("distribution",) if told else ()
            return Distribution(told or kind, parameters, found[-1]), (*found, *also)
    return None


def by_year(
    given: tuple[Distribution, ...], yearly: bool, years: int, field: str
) -> tuple[Distribution, ...]:
    """Return one distribution a year: the same for each, or those that were told by year."""
    if not yearly:
        return given * years
    if len(given) != years:
        raise ValuationError("names-do-not-fit", field=field, given=len(given), expected=years)
    return given


def _one(value: object, path: str) -> Distribution:
    if not isinstance(value, Mapping):
        return Distribution("fixed", (Fraction(decimal_from(value, path)),), path)
    fields = Fields({str(name): part for name, part in value.items()}, path)
    kind = fields.one_of("distribution", KINDS, f"Give one of: {', '.join(KINDS)}.")
    parameters, used = [], ["distribution"]
    for name in PARAMETERS[kind]:
        also = _ALSO.get(name, ())
        found = next((part for part in (name, *also) if fields.has(part)), name)
        parameters.append(fields.number(found, "Give every parameter of the distribution."))
        used.append(found)
    fields.refuse_others(*used)
    return Distribution(kind, tuple(parameters), path)
