"""Infonomics: three indices and three sums of money, each an answer to its own question.

Source: Laney, Infonomics 2017, and Gartner's information value models, as restated by secondary
sources. Indices are no money, and the sums of money overlap: nothing is ever added up.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType
from typing import Final

from valuation.errors import ValuationError
from valuation.inputs import Fields
from valuation.result import Figures, Node, ValuationWarning, with_sources
from valuation.rounding import as_amount, rounded, to_decimal
from valuation.series import is_list, numbers

FORMULA: Final = (
    "IVI = validity · completeness · (1 − scarcity) · lifecycle_months; "
    "BVI = sum relevance · validity · completeness · timeliness; "
    "PVI = (mean(informed / control) − 1) · T / t; "
    "CVI = expense · attribution · T / t + sum lost_income; "
    "MVI = exclusive_price · licensees / premium; "
    "EVI = (revenue_informed − revenue_control − costs) · T / t"
)
ALIASES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "lifecycle_months": ("lifecycle", "life_cycle_months", "life_cycle"),
        "relevance": ("relevances", "process_relevance", "relevancy"),
        "timeliness": ("timeliness_score",),
        "T_months": ("T", "lifespan_months", "life_months"),
        "t_months": ("t", "period_months", "trial_months", "measured_months"),
        "expense": (
            "process_expense",
            "process_expenses",
            "ProcExp",
            "annual_process_expense",
            "proc_exp",
        ),
        "attribution": ("Attrib", "attributable", "attributable_share", "attrib", "share"),
        "lost_income": ("lost_revenue", "lost_revenues", "lost_incomes", "lost"),
        "costs": ("cost",),
        "licensees": ("number_of_licensees", "n_licensees"),
        "revenue_informed": ("revenue_with", "Revenue_i", "revenue_i", "informed_revenue"),
        "revenue_control": ("revenue_without", "Revenue_c", "revenue_c", "control_revenue"),
        "acquisition": ("acquisition_expense", "acquisition_cost", "AcqExp"),
        "administration": ("administration_expense", "administration_cost", "AdmExp"),
        "application": ("application_expense", "application_cost", "AppExp"),
        "kpi": ("kpis",),
        "kpi_informed": ("KPI_i", "informed"),
        "kpi_control": ("KPI_c", "control"),
        "add": ("total", "sum", "add_up"),
    }
)
_COSTS: Final = ("acquisition", "administration", "application")
_FIELDS: Final = (
    *ALIASES,
    "currency",
    "validity",
    "completeness",
    "scarcity",
    "exclusive_price",
    "premium",
    "sources",
)


@dataclass(frozen=True)
class _Figure:
    """One model's figure: exact, and the inputs that it follows from."""

    name: str
    value: Fraction
    formula: str
    parts: tuple[Node, ...]
    is_money: bool = False

    def node(self, currency: str) -> Node:
        """Explain it."""
        value = rounded(self.value, currency) if self.is_money else to_decimal(self.value)
        unit = currency if self.is_money else "index"
        return Node(self.name, value, unit, self.formula, children=self.parts)


def calculate(fields: Fields) -> Figures:
    """Compute every model whose inputs are given, each by itself.

    IVI: `validity`, `completeness`, `scarcity` (0 to 1; the share of the market that also has the
    data), `lifecycle_months`. BVI: `relevance` of each process, `validity`, `completeness`,
    `timeliness`. PVI: `kpi` with `informed` and `control`, `T_months`, `t_months`. CVI: `expense`,
    `attribution`, `lost_income`. MVI: `exclusive_price`, `licensees`, `premium`. EVI: revenues and
    costs. Money is in `currency`; where one model of money alone is asked, it is the amount.

    Raises:
        ValuationError: `models-never-added`, a total is asked for.
    """
    fields = fields.aliased(ALIASES)
    fields.refuse_others(*_FIELDS)
    if fields.has("add"):
        raise ValuationError("models-never-added")
    currency = fields.currency_if_given()
    figures = [
        model(fields, currency)
        for mark, model in _MODELS.items()
        if any(fields.has(name) for name in mark)
    ]
    if not figures:
        raise ValuationError("model-missing")
    warnings = []
    if len(figures) > 1:
        warnings.append(ValuationWarning("models-side-by-side"))
    if any(figure.is_money for figure in figures) and not currency:
        warnings.append(ValuationWarning("currency-unstated"))
    if any(figure.value < 0 for figure in figures):
        warnings.append(ValuationWarning("model-negative"))
    nodes = [figure.node(currency) for figure in figures]
    outputs: dict[str, object] = {node.name: node.value for node in nodes}
    if len(figures) == 1:
        node = with_sources(nodes[0], fields)
        if figures[0].is_money and currency:
            return Figures(figures[0].value, currency, node, tuple(warnings), outputs)
        return Figures(None, "", node, tuple(warnings), outputs)
    top = Node("models", to_decimal(Fraction(len(nodes))), "", "side by side", "", tuple(nodes))
    return Figures(None, "", with_sources(top, fields), tuple(warnings), outputs)


def _ratio(fields: Fields, field: str) -> Fraction:
    value = fields.number(field, "Give a ratio from 0 to 1.")
    if not 0 <= value <= 1:
        raise ValuationError(
            "share-out-of-range", field=fields.name(field), given=fields.given[field]
        )
    return value


def _intrinsic(fields: Fields, _currency: str) -> _Figure:
    validity, completeness, scarcity = (
        _ratio(fields, name) for name in ("validity", "completeness", "scarcity")
    )
    months = fields.positive("lifecycle_months", "Give the months for which the data is of use.")
    parts = {"validity": validity, "completeness": completeness, "scarcity": scarcity}
    return _Figure(
        "IVI",
        validity * completeness * (1 - scarcity) * months,
        "validity · completeness · (1 − scarcity) · lifecycle_months",
        (
            *(Node(name, to_decimal(part), "ratio") for name, part in parts.items()),
            Node("lifecycle_months", to_decimal(months), "months"),
        ),
    )


def _business(fields: Fields, _currency: str) -> _Figure:
    listed = is_list(fields.given["relevance"])
    relevances = numbers(fields, "relevance", "Give one a process.") if listed else []
    if not listed:
        relevances = [fields.non_negative("relevance", "Give a number of 0 or more.")]
    factors = {name: _ratio(fields, name) for name in ("validity", "completeness", "timeliness")}
    value = sum(relevances, Fraction(0))
    for factor in factors.values():
        value *= factor
    parts = [
        Node(f"relevance[{place}]" if listed else "relevance", to_decimal(part), "ratio")
        for place, part in enumerate(relevances, 1)
    ]
    parts += [Node(name, to_decimal(part), "ratio") for name, part in factors.items()]
    formula = "sum of relevance · validity · completeness · timeliness"
    return _Figure("BVI", value, formula, tuple(parts))


def _span(fields: Fields) -> tuple[Fraction, tuple[Node, Node]]:
    whole = fields.positive("T_months", "Give the months for which the data is of use.")
    measured = fields.positive("t_months", "Give the months that were measured.")
    nodes = (
        Node("T_months", to_decimal(whole), "months"),
        Node("t_months", to_decimal(measured), "months"),
    )
    return whole / measured, nodes


def _performance(fields: Fields, _currency: str) -> _Figure:
    ratios, parts = [], []
    for pair in _pairs(fields):
        pair.refuse_others("name", "informed", "control")
        informed = pair.non_negative("informed", "Give the figure with the data.")
        control = pair.positive("control", "Give the figure without the data.")
        ratios.append(informed / control)
        parts += [
            Node(pair.name("informed"), to_decimal(informed), ""),
            Node(pair.name("control"), to_decimal(control), ""),
        ]
    if not ratios:
        raise ValuationError("field-missing", field=fields.name("kpi"), advice="Give one at least.")
    span, nodes = _span(fields)
    value = (sum(ratios, Fraction(0)) / len(ratios) - 1) * span
    formula = "(mean of informed / control − 1) · T_months / t_months"
    return _Figure("PVI", value, formula, (*parts, *nodes))


def _pairs(fields: Fields) -> tuple[Fields, ...]:
    if fields.has("kpi"):
        return fields.entries("kpi", "Give the figures with the data and without it.")
    both = {"informed": "kpi_informed", "control": "kpi_control"}
    return (
        Fields(
            {own: fields.require(name, "Give both figures.") for own, name in both.items()},
            called=both,
        ),
    )


def _cost(fields: Fields, currency: str) -> _Figure:
    expense = fields.non_negative("expense", "Give the expense to collect and keep the data.")
    attribution = _ratio(fields, "attribution") if fields.has("attribution") else Fraction(1)
    span = Fraction(1)
    months: tuple[Node, ...] = ()
    if fields.has("T_months") or fields.has("t_months"):
        span, months = _span(fields)
    lost: list[Fraction] = []
    if fields.has("lost_income"):
        if is_list(fields.given["lost_income"]):
            lost = numbers(fields, "lost_income", "Give the income lost in each period.")
        else:
            lost = [fields.non_negative("lost_income", "Give the income lost without the data.")]
    parts = [
        Node("expense", as_amount(expense, currency), currency),
        Node("attribution", to_decimal(attribution), "ratio"),
        *months,
        *(
            Node(f"lost_income[{n}]", as_amount(part, currency), currency)
            for n, part in enumerate(lost, 1)
        ),
    ]
    value = expense * attribution * span + sum(lost, Fraction(0))
    formula = "expense · attribution · T_months / t_months + sum of lost_income"
    return _Figure("CVI", value, formula, tuple(parts), is_money=True)


def _market(fields: Fields, currency: str) -> _Figure:
    price = fields.non_negative("exclusive_price", "Give the price of an exclusive licence.")
    licensees = fields.non_negative("licensees", "Give the number of licensees.")
    premium = fields.positive("premium", "Give how many times an exclusive licence costs more.")
    parts = (
        Node("exclusive_price", as_amount(price, currency), currency),
        Node("licensees", to_decimal(licensees), ""),
        Node("premium", to_decimal(premium), "ratio"),
    )
    formula = "exclusive_price · licensees / premium"
    return _Figure("MVI", price * licensees / premium, formula, parts, is_money=True)


def _economic(fields: Fields, currency: str) -> _Figure:
    informed = fields.non_negative("revenue_informed", "Give the revenue with the data.")
    control = fields.non_negative("revenue_control", "Give the revenue without the data.")
    costs = {
        name: fields.non_negative(name, "Give a cost of 0 or more.")
        for name in (*_COSTS, "costs")
        if fields.has(name)
    }
    if "costs" in costs and len(costs) > 1:
        raise ValuationError("field-twice", first="costs", second=min(costs.keys() - {"costs"}))
    span, nodes = _span(fields)
    value = (informed - control - sum(costs.values(), Fraction(0))) * span
    amounts = {"revenue_informed": informed, "revenue_control": control, **costs}
    parts = tuple(Node(name, as_amount(part, currency), currency) for name, part in amounts.items())
    signs = " − ".join(amounts)
    formula = f"({signs}) · T_months / t_months"
    return _Figure("EVI", value, formula, (*parts, *nodes), is_money=True)


_MODELS: Final[Mapping[tuple[str, ...], Callable[[Fields, str], _Figure]]] = MappingProxyType(
    {
        ("lifecycle_months",): _intrinsic,
        ("relevance",): _business,
        ("kpi", "kpi_informed"): _performance,
        ("expense",): _cost,
        ("exclusive_price",): _market,
        ("revenue_informed",): _economic,
    }
)
