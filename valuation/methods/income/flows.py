"""What the data earns in each period: direct, by a split rate, or with against without it.

Source: 数据资产评估指导意见, 中评协 (2023) 17号: `F_t = R_t`, `F_t = R_t · K_t`,
`F_t = RY_t − RN_t`; `F_t = R_t − charges` stands in `excess`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import ceil

from valuation.errors import ValuationError
from valuation.inputs import Fields
from valuation.methods.income.life import refuse_unending
from valuation.result import Node, ValuationWarning
from valuation.rounding import as_amount, rounded, to_decimal
from valuation.series import LONGEST, is_list, numbers, series

INCOME_ADVICE = "Give the income of each period as a list, or one number with periods."


@dataclass(frozen=True)
class Flows:
    """The flow of each period, exact, in the currency; each with its way; what else is told."""

    amounts: tuple[Fraction, ...]
    nodes: tuple[Node, ...]
    outputs: dict[str, object]
    warnings: tuple[ValuationWarning, ...] = ()


def income_of(fields: Fields, field: str, *, negative: bool = False) -> list[Fraction]:
    """Return the income of each period: a list, or one number that stays for `periods`.

    Raises:
        ValuationError: it is missing, not as long as `periods`, negative, or without end.
    """
    refuse_unending(fields, "periods")
    if is_list(fields.require(field, INCOME_ADVICE)):
        found = numbers(fields, field, INCOME_ADVICE, negative=negative)
        if fields.has("periods") and len(found) != periods_of(fields):
            raise ValuationError(
                "series-length",
                field=fields.name(field),
                given=len(found),
                expected=periods_of(fields),
            )
        return found
    each = fields.number(field, INCOME_ADVICE)
    if each < 0 and not negative:
        raise ValuationError("negative-value", field=fields.name(field), given=each)
    return [each] * periods_of(fields)


def periods_of(fields: Fields) -> int:
    """Return the periods, a last part of one counted whole.

    Raises:
        ValuationError: `field-missing` or `life-too-long`.
    """
    years = fields.positive("periods", "Give the number of years for which the income stays so.")
    if years > LONGEST:
        raise ValuationError(
            "life-too-long",
            field=fields.name("periods"),
            given=fields.given["periods"],
            most=LONGEST,
        )
    return ceil(years)


def direct(fields: Fields, currency: str) -> Flows:
    """Read `F_t = R_t`."""
    income = income_of(fields, "income")
    nodes = tuple(leaf("income", place, part, currency) for place, part in enumerate(income, 1))
    return Flows(tuple(income), nodes, {})


def cash_flows(fields: Fields, currency: str) -> Flows:
    """Read flows as they are, which may be negative: the method then warns."""
    amounts = income_of(fields, "cashflows", negative=True)
    nodes = tuple(leaf("cashflows", place, part, currency) for place, part in enumerate(amounts, 1))
    return Flows(tuple(amounts), nodes, {}, loss_warnings(amounts))


def split(fields: Fields, currency: str) -> Flows:
    """Read `F_t = R_t · K_t`; the share `K_t` of the data should fall as it ages."""
    income = income_of(fields, "income")
    rates = series(fields, "split_rates", "Give the data's share of each period.", len(income))
    for place, rate in enumerate(rates, 1):
        if rate > 1:
            raise ValuationError(
                "share-out-of-range",
                field=f"{fields.name('split_rates')}[{place}]",
                given=to_decimal(rate),
            )
    amounts = [part * rate for part, rate in zip(income, rates, strict=True)]
    nodes = [
        Node(
            f"F[{place}]",
            rounded(amount, currency),
            currency,
            f"income[{place}] · split_rates[{place}]",
            children=(
                leaf("income", place, part, currency),
                Node(f"split_rates[{place}]", to_decimal(rate), "ratio"),
            ),
        )
        for place, (amount, part, rate) in enumerate(zip(amounts, income, rates, strict=True), 1)
    ]
    return Flows(
        tuple(amounts),
        tuple(nodes),
        {"K": [to_decimal(rate) for rate in rates]},
        split_warnings(rates),
    )


def split_warnings(rates: Sequence[Fraction]) -> tuple[ValuationWarning, ...]:
    """Warn of split rates that stay the same or rise."""
    if len(rates) > 1 and len(set(rates)) == 1:
        return (ValuationWarning("split-rate-constant"),)
    for place, (before, after) in enumerate(pairwise(rates), 2):
        if after > before:
            return (ValuationWarning("split-rate-rises", {"period": str(place)}),)
    return ()


def incremental(fields: Fields, currency: str) -> Flows:
    """Read `F_t = RY_t − RN_t`, the income with the data less the income without it."""
    with_data = income_of(fields, "income_with")
    without = series(
        fields, "income_without", "Give the income of each period without it.", len(with_data)
    )
    amounts = [more - less for more, less in zip(with_data, without, strict=True)]
    nodes = [
        Node(
            f"F[{place}]",
            rounded(amount, currency),
            currency,
            f"income_with[{place}] − income_without[{place}]",
            children=(
                leaf("income_with", place, more, currency),
                leaf("income_without", place, less, currency),
            ),
        )
        for place, (amount, more, less) in enumerate(
            zip(amounts, with_data, without, strict=True), 1
        )
    ]
    return Flows(tuple(amounts), tuple(nodes), {}, loss_warnings(amounts))


def loss_warnings(amounts: Sequence[Fraction]) -> tuple[ValuationWarning, ...]:
    """Warn of periods in which the data costs more than it earns."""
    losses = [str(place) for place, amount in enumerate(amounts, 1) if amount < 0]
    if not losses:
        return ()
    return (ValuationWarning("flow-negative", {"periods": ", ".join(losses)}),)


def leaf(field: str, place: int, amount: Fraction, currency: str) -> Node:
    """Return the node of one amount of a list that was put in."""
    return Node(f"{field}[{place}]", as_amount(amount, currency), currency)
