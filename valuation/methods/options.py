"""A real option: the right, not the duty, to launch a data product later, or to give one up.

Source: Black and Scholes 1973, Merton 1973, with a continuous leakage `q`. The static net present
value stands beside it always, and the two are never added: the option holds it already.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Final

from valuation.errors import ValuationError
from valuation.inputs import Fields
from valuation.normal import distribution
from valuation.powers import PRECISE, precise
from valuation.result import Figures, Node, ValuationWarning, with_sources
from valuation.rounding import as_amount, rounded, to_decimal

FORMULA: Final = (
    "call = S · e^(−q·T) · N(d1) − K · e^(−r·T) · N(d2); "
    "d1 = (ln(S/K) + (r − q + sigma²/2) · T) / (sigma · √T); d2 = d1 − sigma · √T; "
    "static_npv = S − K, beside it and never added"
)
_ALIASES: Final = {
    "S": ("S0", "present_value"),
    "K": ("launch_cost", "strike"),
    "r": ("rf", "risk_free", "risk_free_rate"),
    "sigma": ("volatility",),
    "T": ("years", "maturity_years"),
    "q": ("leakage", "dividend_yield", "value_leakage"),
    "sigma_evidence": ("sigma_source", "volatility_evidence"),
    "kind": ("option", "option_type", "type"),
}
_KINDS: Final = ("call", "put")


@dataclass(frozen=True)
class RealOption:
    """The inputs: `S` and `K` in the currency, `T` in years, the others ratios a year."""

    S: Fraction
    K: Fraction
    r: Fraction
    sigma: Fraction
    T: Fraction
    q: Fraction

    @classmethod
    def read(cls, fields: Fields) -> RealOption:
        """Read and check the inputs.

        Raises:
            ValuationError: one is missing, negative, or too large to mean anything.
        """
        option = cls(
            S=fields.positive("S", "Give the present value of the product's cash flows."),
            K=fields.positive("K", "Give the cost to launch it."),
            r=fields.non_negative("r", "Give the risk-free rate a year."),
            sigma=fields.positive("sigma", "Give the volatility a year, such as 0.4."),
            T=fields.positive("T", "Give the years for which the option lasts."),
            q=fields.non_negative("q", "Give the leakage a year.")
            if fields.has("q")
            else Fraction(0),
        )
        for name, most in (("r", 10), ("sigma", 10), ("q", 10), ("T", 100)):
            if getattr(option, name) > most:
                raise ValuationError(
                    "above-sense", field=fields.name(name), given=fields.given[name], most=most
                )
        return option

    def arguments(self) -> tuple[Decimal, Decimal]:
        """Return `d1` and `d2`."""
        spread = PRECISE.multiply(precise(self.sigma), PRECISE.sqrt(precise(self.T)))
        drift = precise((self.r - self.q + self.sigma**2 / 2) * self.T)
        first = PRECISE.divide(PRECISE.add(PRECISE.ln(precise(self.S / self.K)), drift), spread)
        return first, PRECISE.subtract(first, spread)

    def worth(self) -> tuple[Fraction, Fraction]:
        """Return the values of the call and the put, neither below 0."""
        first, second = self.arguments()
        flow = self.S * Fraction(PRECISE.exp(precise(-self.q * self.T)))
        cost = self.K * Fraction(PRECISE.exp(precise(-self.r * self.T)))
        up = [Fraction(distribution(x)) for x in (first, second)]
        down = [Fraction(distribution(-x)) for x in (first, second)]
        call, put = flow * up[0] - cost * up[1], cost * down[1] - flow * down[0]
        return max(call, Fraction(0)), max(put, Fraction(0))


def calculate(fields: Fields) -> Figures:
    """Compute a real option by Black, Scholes and Merton, with the static value beside it.

    Inputs: `S` (present value of the product's cash flows), `K` (cost to launch), `r`, `sigma`, `q`
    (ratios a year), `T` (years), `kind` (`call` to launch, `put` to give up for `K`),
    `sigma_evidence` (where the volatility comes from), `currency`.

    Outputs: `call`, `put`, `d1`, `d2`, `option_value` (that of the kind), `static_npv`. It answers
    no amount: an option value alone is quoted nowhere.
    """
    fields = fields.aliased(_ALIASES)
    fields.refuse_others("currency", "add", "sources", *_ALIASES)
    if fields.given.get("add"):
        raise ValuationError("option-never-added")
    currency = fields.currency_if_given()
    kind = fields.one_of("kind", _KINDS, "Say call or put.") if fields.has("kind") else "call"
    option = RealOption.read(fields)
    call, put = option.worth()
    first, second = option.arguments()
    static = option.S - option.K if kind == "call" else option.K - option.S
    chosen = call if kind == "call" else put
    outputs: dict[str, object] = {
        "static_npv": rounded(static, currency),
        "option_value": rounded(chosen, currency),
        "call": to_decimal(call),
        "put": to_decimal(put),
        "d1": to_decimal(Fraction(first)),
        "d2": to_decimal(Fraction(second)),
    }
    node = _explained(option, kind, static, chosen, currency)
    return Figures(None, "", with_sources(node, fields), _warnings(fields), outputs)


def _explained(
    option: RealOption, kind: str, static: Fraction, chosen: Fraction, currency: str
) -> Node:
    flow = Node("present_value", as_amount(option.S, currency), currency)
    cost = Node("launch_cost", as_amount(option.K, currency), currency)
    first, second = option.arguments()
    leaves = tuple(
        Node(name, to_decimal(getattr(option, name)), "years" if name == "T" else "ratio")
        for name in ("r", "sigma", "T", "q")
    )
    formulas = {
        "call": "present_value · e^(−q·T) · N(d1) − launch_cost · e^(−r·T) · N(d2)",
        "put": "launch_cost · e^(−r·T) · N(−d2) − present_value · e^(−q·T) · N(−d1)",
    }
    sides = ("present_value", "launch_cost")
    difference = " − ".join(sides if kind == "call" else reversed(sides))
    return Node(
        "option_value",
        rounded(chosen, currency),
        currency,
        formulas[kind],
        children=(
            Node(
                "static_npv", rounded(static, currency), currency, difference, children=(flow, cost)
            ),
            Node(
                "d1",
                to_decimal(Fraction(first)),
                "ratio",
                "(ln(present_value / launch_cost) + (r − q + sigma²/2) · T) / (sigma · √T)",
                children=leaves,
            ),
            Node("d2", to_decimal(Fraction(second)), "ratio", "d1 − sigma · √T"),
        ),
    )


def _warnings(fields: Fields) -> tuple[ValuationWarning, ...]:
    told = ValuationWarning("option-beside-static")
    if fields.has("sigma_evidence"):
        fields.text("sigma_evidence", "Write where the volatility comes from.")
        return (told,)
    sources = fields.given.get("sources")
    if isinstance(sources, dict) and sources.get("sigma"):
        return (told,)
    return (told, ValuationWarning("sigma-without-evidence"))
