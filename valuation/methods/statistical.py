"""What a statistical office would count: investment by costs, the stock of it, and its growth.

Sources: sum of costs, Statistics Canada 2019, `sum n · wage · share · (1 + nondirect) · (1 +
capital)`; perpetual inventory, System of National Accounts, `K_t = K_{t−1}(1−d) + I_t(1−d/2)`.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from valuation.errors import ValuationError
from valuation.inputs import Fields
from valuation.powers import power
from valuation.result import Figures, Node, money, with_sources
from valuation.rounding import as_amount, rounded, to_decimal
from valuation.series import LONGEST, numbers

FORMULA: Final = (
    "I = sum n · wage · share · (1 + nondirect) · (1 + capital); "
    "K_t = K_{t−1} · (1 − d) + I_t · (1 − d/2); cagr = (VT / V0)^(1/T) − 1"
)
_ALIASES: Final = {
    "nondirect": ("other", "other_costs"),
    "capital": ("capital_services",),
    "investment": ("I", "I_t", "investments"),
    "d": ("depreciation", "depreciation_rate", "delta"),
    "K0": ("K_0", "initial_stock", "opening_stock"),
}
_LEAST_YEARS: Final = Fraction(1, 100)
_SHARES: Final = ("low", "high")


def calculate(fields: Fields) -> Figures:
    """Compute investment from `occupations`, a stock from `investment`, or growth from `V0`.

    Shares and rates are ratios, wages in the currency a year, `T` in years. Outputs: `labour` and
    `I` with the ending `_low` and `_high` where shares are a range; `K`, the stock at the end of
    each period, and `K_T`, the last; `cagr`, growth a year.
    """
    fields = fields.aliased(_ALIASES)
    fields.refuse_others("currency", "occupations", "V0", "VT", "T", "sources", *_ALIASES)
    models = [
        model
        for field, model in (
            ("occupations", _sum_of_costs),
            ("investment", _perpetual_inventory),
            ("V0", _growth),
        )
        if fields.has(field)
    ]
    if not models:
        raise ValuationError("statistics-missing")
    if len(models) > 1:
        given = [name for name in ("occupations", "investment", "V0") if fields.has(name)]
        raise ValuationError("field-twice", first=given[0], second=given[1])
    return models[0](fields)


def _sum_of_costs(fields: Fields) -> Figures:
    currency = fields.currency_if_given()
    entries = fields.entries("occupations", "Give n, wage and share of each occupation.")
    if not entries:
        raise ValuationError("statistics-missing")
    markups = {
        name: fields.non_negative(name, "Give a ratio, such as 0.5.") if fields.has(name) else 0
        for name in ("nondirect", "capital")
    }
    ranged = any(entry.has(f"share_{end}") for entry in entries for end in _SHARES)
    outputs: dict[str, object] = {}
    totals, nodes = [], []
    for end in _SHARES if ranged else ("",):
        ending = f"_{end}" if end else ""
        total, labour = _labour(entries, ending, currency)
        investment = total * (1 + markups["nondirect"]) * (1 + markups["capital"])
        outputs[f"labour{ending}"] = rounded(total, currency)
        totals.append(investment)
        nodes.append(
            Node(
                f"I{ending}",
                rounded(investment, currency),
                currency,
                f"labour{ending} · (1 + nondirect) · (1 + capital)",
                children=(
                    labour,
                    *(Node(n, to_decimal(Fraction(m)), "ratio") for n, m in markups.items()),
                ),
            )
        )
        outputs[f"I{ending}"] = rounded(investment, currency)
    outputs = dict(sorted(outputs.items(), key=lambda item: item[0].startswith("I")))
    if len(nodes) == 1:
        return money(totals[0], currency, with_sources(nodes[0], fields), (), outputs)
    # A range is no single amount; its middle would be a figure that nobody has found.
    top = Node("range", nodes[1].value, currency, "from I_low to I_high", children=tuple(nodes))
    return Figures(None, "", with_sources(top, fields), (), outputs)


def _labour(entries: tuple[Fields, ...], ending: str, currency: str) -> tuple[Fraction, Node]:
    total, nodes = Fraction(0), []
    for entry in entries:
        entry.refuse_others("name", "n", "wage", "share", "share_low", "share_high")
        people = entry.non_negative("n", "Give the number of people.")
        wage = entry.non_negative("wage", "Give the wage a year.")
        share = _share(entry, f"share{ending}")
        if ending == "_high" and share < _share(entry, "share_low"):
            raise ValuationError("shares-reversed", field=entry.path)
        cost = people * wage * share
        total += cost
        nodes.append(
            Node(
                f"{entry.path}.labour{ending}",
                rounded(cost, currency),
                currency,
                f"n · wage · share{ending}",
                children=(
                    Node(entry.name("n"), to_decimal(people), "people"),
                    Node(entry.name("wage"), as_amount(wage, currency), currency),
                    Node(entry.name(f"share{ending}"), to_decimal(share), "ratio"),
                ),
            )
        )
    formula = "sum of the occupations"
    return total, Node(
        f"labour{ending}", rounded(total, currency), currency, formula, "", tuple(nodes)
    )


def _share(fields: Fields, field: str) -> Fraction:
    share = fields.number(field, "Give the share of working time spent on data, 0 to 1.")
    if not 0 <= share <= 1:
        raise ValuationError(
            "share-out-of-range", field=fields.name(field), given=fields.given[field]
        )
    return share


def _perpetual_inventory(fields: Fields) -> Figures:
    currency = fields.currency_if_given()
    investments = numbers(fields, "investment", "Give the investment of each period.")
    rate = _share(fields, "d")
    stock = Fraction(0)
    if fields.has("K0"):
        stock = fields.non_negative("K0", "Give the stock at the start.")
    stocks, nodes = [], [Node("K0", as_amount(stock, currency), currency)]
    for place, invested in enumerate(investments, 1):
        stock = stock * (1 - rate) + invested * (1 - rate / 2)
        stocks.append(rounded(stock, currency))
        nodes.append(
            Node(
                f"stock[{place}]",
                rounded(stock, currency),
                currency,
                f"{nodes[-1].name} · (1 − d) + investment[{place}] · (1 − d / 2)",
                children=(Node(f"investment[{place}]", as_amount(invested, currency), currency),),
            )
        )
    nodes.append(Node("d", to_decimal(rate), "ratio"))
    last = f"stock[{len(stocks)}]"
    node = Node("K_T", rounded(stock, currency), currency, last, children=tuple(nodes))
    outputs: dict[str, object] = {"K": stocks, "K_T": stocks[-1], "stock": stocks[-1]}
    return money(stock, currency, with_sources(node, fields), (), outputs)


def _growth(fields: Fields) -> Figures:
    first = fields.positive("V0", "Give the value at the start.")
    last = fields.positive("VT", "Give the value at the end.")
    years = fields.positive("T", "Give the years between.")
    if not _LEAST_YEARS <= years <= LONGEST:
        raise ValuationError(
            "years-out-of-range", field=fields.name("T"), given=fields.given["T"], most=LONGEST
        )
    growth = power(last / first, 1 / years) - 1
    node = Node(
        "cagr",
        to_decimal(growth),
        "ratio",
        "(VT / V0)^(1 / T) − 1",
        children=(
            Node("VT", to_decimal(last), ""),
            Node("V0", to_decimal(first), ""),
            Node("T", to_decimal(years), "years"),
        ),
    )
    return Figures(None, "", with_sources(node, fields), (), {"cagr": to_decimal(growth)})
