"""Which income model is meant, and its value: the fields that are given say which."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from valuation.errors import ValuationError
from valuation.inputs import Fields
from valuation.methods.income.excess import excess
from valuation.methods.income.flows import Flows, cash_flows, direct, incremental
from valuation.methods.income.flows import split as split_flows
from valuation.methods.income.life import LIMIT_NAMES, Life, life_from, refuse_unending
from valuation.methods.income.present_value import discounted
from valuation.methods.income.rates import RATE_FIELDS, Rate, is_built_up, rate_from
from valuation.methods.income.tax_benefit import (
    TAX_NAMES,
    TaxBenefit,
    raised,
    tax_benefit,
    value_without,
)
from valuation.methods.income.timing import CONVENTIONS, timing_from, with_quality, within_life
from valuation.methods.income.traps import TRAP_NAMES, refuse_wider_income, tax_basis_warnings
from valuation.result import Figures, Node, ValuationWarning, money, with_sources
from valuation.rounding import rounded, short, to_decimal
from valuation.series import is_list

FORMULA: Final = (
    "P = sum F_t / (1+i)^t, mid-year (1+i)^(t−0.5); F_t = income, income · split_rates, "
    "total_income − charges, or income_with − income_without"
)

_ALIASES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "income": ("R", "R_t", "incomes", "direct_income", "revenue"),
        "split_rates": (
            "K",
            "K_t",
            "split_rate",
            "split",
            "split_ratios",
            "shares",
            "royalty_rates",
            "royalty_rate",
        ),
        "total_income": ("total_revenue",),
        "contributory_assets": ("contributory_asset_charges",),
        "income_with": ("RY", "RY_t", "R_with", "with_data", "income_with_data"),
        "income_without": ("RN", "RN_t", "R_without", "without_data", "income_without_data"),
        "cashflows": ("cash_flows", "F", "flows"),
        "discount_rate": ("i", "rate"),
        "periods": ("n", "life_years", "economic_life_years", "years"),
        "rf": ("risk_free", "risk_free_rate"),
        "quality_coefficient": ("delta", "quality_factor"),
        "tax_amortization": ("tax_amortisation", "tab"),
        **TAX_NAMES,
        **TRAP_NAMES,
        **LIMIT_NAMES,
        "life_limits": ("limits", "life"),
    }
)
_MODELS: Final[Mapping[str, Callable[[Fields, str], Flows]]] = MappingProxyType(
    {
        "total_income": excess,
        "split_rates": split_flows,
        "income_with": incremental,
        "cashflows": cash_flows,
        "income": direct,
    }
)
_KNOWN: Final = (
    "currency",
    *_ALIASES,
    "convention",
    "valuation_date",
    "first_period_end",
    "day_count",
    "perpetual",
    "sources",
    *RATE_FIELDS,
)


def calculate(fields: Fields) -> Figures:
    """Compute the income approach; the model follows from the fields.

    `income` (direct), `income` with `split_rates`, `total_income` with `contributory_assets`,
    `income_with` and `income_without`, or `cashflows`, which may begin with a short period from
    `valuation_date` to `first_period_end`; money in `currency` a year. `P_without_tab` adds a tax
    amortization benefit to a value; `rf` and `premia` alone answer the rate `i`, and life limits
    alone the life `n`. Rates are ratios a year.
    """
    if fields.has("contributory_assets"):
        fields = fields.aliased({"total_income": ("income", "R", "revenue")})
    fields = fields.aliased(_ALIASES)
    fields.refuse_others(*_KNOWN)
    refuse_unending(fields, "periods")
    if fields.has("perpetual"):
        fields.truth("perpetual", "Say false, or leave it out.")
    refuse_wider_income(fields)
    warnings = tuple(tax_basis_warnings(fields))
    model = _model_of(fields)
    life = life_from(fields)
    if model == "P_without_tab":
        figures = _of_benefit(fields)
    elif model:
        figures = _of_flows(fields, model, life)
    else:
        figures = _without_money(fields, life)
    return replace(
        figures,
        explanation=with_sources(figures.explanation, fields),
        warnings=(*figures.warnings, *warnings),
    )


def _model_of(fields: Fields) -> str:
    given = [
        name
        for name, markers in {
            "P_without_tab": ("P_without_tab",),
            "total_income": ("total_income", "contributory_assets"),
            "income_with": ("income_with", "income_without"),
            "cashflows": ("cashflows", "valuation_date", "first_period_end"),
            "income": ("income", "split_rates"),
        }.items()
        if any(fields.has(marker) for marker in markers)
    ]
    if len(given) > 1:
        raise ValuationError(
            "field-twice", first=fields.name(given[0]), second=fields.name(given[1])
        )
    if given == ["income"] and fields.has("split_rates"):
        return "split_rates"
    return given[0] if given else ""


def _of_flows(fields: Fields, model: str, life: Life | None) -> Figures:
    currency = fields.currency_if_given()
    life = _earning_life(fields, life)
    main = "income" if model == "split_rates" else model
    lasting = life and not fields.has("periods") and not is_list(fields.given.get(main))
    if life and lasting:
        fields = replace(fields, given={**fields.given, "periods": to_decimal(life.years)})
    flows = _MODELS[model](fields, currency)
    rate = rate_from(fields)
    timing = timing_from(fields, len(flows.amounts))
    warnings: list[ValuationWarning] = []
    if fields.has("quality_coefficient"):
        quality = fields.non_negative("quality_coefficient", "Give the quality as a ratio.")
        flows = with_quality(flows, quality, currency)
        if rate.holds_quality:
            warnings.append(ValuationWarning("quality-twice"))
    if life:
        flows, cut = within_life(flows, timing, life, currency)
        if cut and not lasting:
            warnings.append(ValuationWarning("life-cuts-income", {"years": short(life.years)}))
    values = {name: discounted(flows, rate, timing.times(name), currency) for name in CONVENTIONS}
    chosen = values[timing.convention]
    extra = [node for node in (timing.node, life.node if life else None) if node]
    node = Node(
        "P",
        rounded(chosen.total, currency),
        currency,
        "sum of PV",
        children=(*chosen.nodes, rate.node, *extra),
    )
    amount = chosen.total
    outputs: dict[str, object] = {**flows.outputs}
    outputs["F"] = [rounded(part, currency) for part in flows.amounts]
    outputs["PV"] = [rounded(part, currency) for part in chosen.parts]
    outputs |= {f"P_{name}": rounded(part.total, currency) for name, part in values.items()}
    if timing.node:
        outputs["t0"] = timing.node.value
    outputs |= _life_outputs(life)
    if is_built_up(fields):
        outputs["i"] = rate.node.value
    if fields.has("tax_amortization"):
        benefit = _benefit_of(fields, rate, mid_year=timing.convention == "mid")
        warnings += benefit.warnings
        node = raised(amount, replace(node, name="P_without_tab"), benefit, currency)
        outputs |= {"P_without_tab": rounded(amount, currency), "tab_factor": benefit.node.value}
        amount *= benefit.factor
    if amount < 0:
        warnings.append(ValuationWarning("value-negative"))
    outputs["P"] = rounded(amount, currency)
    return money(amount, currency, node, (*flows.warnings, *warnings), outputs)


def _benefit_of(fields: Fields, rate: Rate, *, mid_year: bool) -> TaxBenefit:
    inner = fields.fields("tax_amortization", "Give tax_rate, tax_life_years and deductible.")
    inner = inner.aliased(TAX_NAMES)
    inner.refuse_others("tax_rate", "tax_life_years", "deductible")
    return tax_benefit(inner, rate, mid_year=mid_year)


def _of_benefit(fields: Fields) -> Figures:
    currency = fields.currency_if_given()
    amount, node = value_without(fields, currency)
    rate = rate_from(fields)
    benefit = tax_benefit(fields, rate, mid_year=timing_from(fields, 1).convention == "mid")
    outputs: dict[str, object] = {
        "tab_factor": benefit.node.value,
        "P_without_tab": rounded(amount, currency),
        "P": rounded(amount * benefit.factor, currency),
    }
    return money(
        amount * benefit.factor,
        currency,
        raised(amount, node, benefit, currency),
        benefit.warnings,
        outputs,
    )


def _without_money(fields: Fields, life: Life | None) -> Figures:
    nodes = [life.node] if life else []
    outputs = _life_outputs(life)
    if is_built_up(fields):
        rate = rate_from(fields)
        nodes.append(rate.node)
        outputs["i"] = rate.node.value
    if not nodes:
        raise ValuationError("income-missing")
    top = (
        nodes[0] if len(nodes) == 1 else replace(nodes[1], children=(*nodes[1].children, nodes[0]))
    )
    return Figures(None, "", top, (), outputs)


def _life_outputs(life: Life | None) -> dict[str, object]:
    if life is None:
        return {}
    return {"n": life.node.value, "binding": life.binding}


def _earning_life(fields: Fields, limits: Life | None) -> Life | None:
    """Hold the limits against `periods`, which limits the life too."""
    if not fields.has("periods"):
        return limits
    years = fields.positive("periods", "Give the number of years.")
    if limits is not None and limits.years <= years:
        return limits
    if limits is None and years.denominator == 1:
        return None
    node = Node("periods", to_decimal(years), "years")
    if limits is not None:
        node = Node(
            "n", node.value, "years", f"min(periods, {limits.node.name})", "", (node, limits.node)
        )
    return Life(years, "periods", node)
