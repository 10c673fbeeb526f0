"""Values under uncertainty: worked cases, closed forms, correlation, seeds, refusals."""

from __future__ import annotations

import json
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.given.valuation_cases import answered, assert_like, cases
from valuation import ValuationError, replay, value
from valuation.uncertainty import Model, Term, draw
from valuation.uncertainty.distributions import Distribution
from valuation.uncertainty.drawing import BLOCK
from valuation.uncertainty.transforms import drawer_of, mapper_of

ROYALTY, LOGNORMAL = cases("monte_carlo")
EXCESS: dict[str, Any] = {
    "income_triangular": [[700, 900, 1300], [650, 950, 1400]],
    "assets": [
        {"name": "working capital", "balance": 1000, "rate_uniform": ["0.03", "0.05"]},
        {"name": "software", "balance_pert": [500, 700, 800], "rate": "0.1"},
    ],
    "discount_rate": "0.12",
    "draws": 20_000,
}


def figures(inputs: dict[str, Any]) -> dict[str, Any]:
    """Give what the method answers."""
    return value("simulate", inputs).outputs


def agrees(outputs: dict[str, Any]) -> bool:
    """Return whether the drawn mean is within four standard errors of the exact one."""
    off = abs(outputs["sample"]["mean"] - outputs["closed_form"]["mean"])
    return bool(off <= 4 * outputs["sample"]["standard_error"] + Decimal("1e-9"))


def test_royalty_case(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Mean within four standard errors, spread within 2 %, and the exact moments beside them."""
    answer = answered("monte_carlo", ROYALTY["inputs"] | {"draws": 20000}, tmp_path, capsys)
    expected = ROYALTY["expected"]
    assert abs(answer["mean"] - expected["mean"]) <= 4 * expected["sd"] / 20000**0.5
    assert answer["sd"] == pytest.approx(expected["sd"], rel=0.02)
    assert_like(answer["closed_form"], expected, 0.0001)
    assert (
        sum(answer["histogram"]["counts"])
        + answer["histogram"]["below"]
        + answer["histogram"]["above"]
        == 20000
    )


def test_lognormal_case(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The closed form is told, and the sample beside it."""
    answer = answered("monte_carlo", LOGNORMAL["inputs"], tmp_path, capsys)
    assert_like(answer, LOGNORMAL["expected"], LOGNORMAL["tolerance"]["abs"])
    for name, exact in LOGNORMAL["expected"].items():
        assert answer["sample"][name] == pytest.approx(exact, rel=0.01)


def test_excess_earnings_agree_with_the_closed_form() -> None:
    """A rate that is drawn once for all years makes them hang together."""
    outputs = figures(EXCESS)
    assert agrees(outputs)
    assert outputs["sd"] == pytest.approx(outputs["closed_form"]["sd"], rel=Decimal("0.03"))


def test_same_seed_same_figures_and_other_seed_others() -> None:
    """And the figures do not depend on how many blocks share the draws."""
    assert figures(EXCESS | {"seed": 3}) == figures(EXCESS | {"seed": 3})
    assert figures(EXCESS | {"seed": 3})["mean"] != figures(EXCESS | {"seed": 4})["mean"]
    model = Model(("x",), (Distribution("uniform", (Fraction(0), Fraction(1))),), (Term(0, (0,)),))
    long, short = draw(model, draws=3 * BLOCK, seed=1), draw(model, draws=2 * BLOCK, seed=1)
    assert np.array_equal(long[: 2 * BLOCK], short)


def test_replay_within_the_stated_tolerance() -> None:
    """A figure apart by less is the same; numpy's version is named when it differs."""
    stored = json.loads(json.dumps(value("simulate", EXCESS | {"currency": "CNY"}).to_dict()))
    assert replay(stored).same
    mean = Decimal(stored["outputs"]["mean"])
    for factor, same in (("1.0000000001", True), ("1.00000001", False)):
        changed = json.loads(json.dumps(stored))
        changed["outputs"]["mean"] = str(mean * Decimal(factor))
        changed["outputs"]["relative_tolerance"] = "1" if same else stored["outputs"]["sd"]
        outcome = replay(changed)
        assert ("mean" in outcome.differences) is not same
    changed = json.loads(json.dumps(stored))
    changed["outputs"]["numpy"] = "1.0.0"
    outcome = replay(changed)
    assert outcome.same
    assert (outcome.sampler_then, outcome.sampler_now) == ("1.0.0", np.__version__)
    assert f"drawn by numpy 1.0.0, drawn anew by {np.__version__}" in outcome.sentence
    assert "within a relative tolerance of 0.000000001" in outcome.sentence
    changed["outputs"]["histogram"]["counts"][3] += 1
    assert replay(changed).same
    changed["outputs"]["histogram"]["counts"][3] += 9
    assert replay(changed).differences == ("histogram",)
    changed["outputs"]["draws"] += 1
    assert replay(changed).differences == ("draws", "histogram")


def test_correlation_moves_the_spread() -> None:
    """Mean of a product with correlated normals: E[RK] = mr mk + rho sr sk."""
    inputs = {
        "revenue_normal": [[900, 100]] * 3,
        "split_normal": ["0.05", "0.01"],
        "discount_rate": 0,
        "draws": 50_000,
    }
    means = {}
    for rho in ("-0.8", "0", "0.8"):
        outputs = figures(inputs | {"correlation": rho})
        means[rho] = outputs["mean"]
        exact = 3 * (900 * Decimal("0.05") + Decimal(rho))
        assert abs(outputs["mean"] - exact) <= 4 * outputs["standard_error"]
        assert "closed_form" not in outputs
    assert means["-0.8"] < means["0"] < means["0.8"]


def test_correlated_normal_incomes_have_a_closed_form() -> None:
    """Var = Σ Σ rho sd_s sd_t, here without discounting: 2 · 100² · (1 + rho)."""
    inputs = {"income_normal": [[900, 100]] * 2, "discount_rate": 0, "correlation": "0.28"}
    outputs = figures(inputs | {"draws": 20_000})
    assert agrees(outputs)
    assert float(outputs["closed_form"]["sd"]) == pytest.approx(160, rel=1e-12)
    assert float(outputs["sd"]) == pytest.approx(160, rel=0.02)
    by_lists = {"income_mean": [900, 900], "income_sd": 100, "discount_rate": 0, "rho": "0.28"}
    assert figures(by_lists | {"draws": 20_000}) == outputs
    with pytest.raises(ValuationError, match="standard deviation"):
        figures({"income_mean": [900], "discount_rate": 0})


def test_correlation_by_names() -> None:
    """Years that hang together spread the sum more."""
    matrix = [[1, "0.9"], ["0.9", 1]]
    linked = figures(
        EXCESS | {"correlation": {"names": ["income[1]", "income[2]"], "matrix": matrix}}
    )
    whole = figures(EXCESS | {"independent": False})
    free = figures(EXCESS)
    assert free["sd"] < linked["sd"] < whole["sd"]
    assert linked["mean"] == pytest.approx(free["mean"], rel=Decimal("0.01"))


@pytest.mark.parametrize("kind", ["uniform", "triangular", "pert"])
def test_tables_agree_with_exact_moments(kind: str) -> None:
    """Values by rank, as a copula takes them, have the distribution's mean and spread."""
    parameters = {"uniform": (2, 10)}.get(kind, (2, 3, 10))
    distribution = Distribution(kind, tuple(map(Fraction, parameters)))
    generator = np.random.Generator(np.random.PCG64(5))
    ranked = mapper_of(distribution)(generator.standard_normal(200_000))
    drawn = drawer_of(distribution)(generator, 200_000)
    for values in (ranked, drawn):
        error = float(distribution.variance) ** 0.5 / 200_000**0.5
        assert abs(float(values.mean()) - float(distribution.mean)) <= 4 * error
        assert float(values.var()) == pytest.approx(float(distribution.variance), rel=0.02)
        assert values.min() >= 2
        assert values.max() <= 10


def test_quantiles_of_a_value_in_closed_form() -> None:
    """Triangular, uniform and normal have theirs; PERT is told as drawn."""
    triangular = figures({"value_triangular": [0, 5, 10]})
    assert triangular["p10"] == pytest.approx(Decimal(5).sqrt(), rel=Decimal("1e-20"))
    assert triangular["p50"] == 5
    assert figures({"value_uniform": [0, 10]})["p90"] == 9
    assert figures({"value_normal": [10, 1]})["p50"] == 10
    pert = figures({"value": {"distribution": "pert", "min": 0, "likely": 5, "max": 10}})
    assert "p10" not in pert["closed_form"]
    assert pert["p50"] == pytest.approx(Decimal(5), rel=Decimal("0.02"))
    certain = figures({"value": 7})
    assert (certain["p10"], certain["sd"]) == (7, 0)


def test_the_value_itself_needs_no_name() -> None:
    """Its distribution may be written by kind or by parameters."""
    named = figures({"value_triangular": [1, 2, 4]})
    for written in (
        {"triangular": [1, 2, 4]},
        {"low": 1, "mode": 2, "high": 4},
        {"a": 1, "m": 2, "b": 4, "distribution": "triangular"},
    ):
        assert figures(written) == named
    assert figures({"low": 0, "high": 10})["p90"] == 9
    assert figures({"mean": 10, "sd": 1})["p50"] == 10
    pert = figures({"low": 1, "mode": 2, "high": 4, "distribution": "pert"})
    assert float(pert["mean"]) == pytest.approx(13 / 6)


def test_a_value_that_can_be_negative_is_warned_of() -> None:
    """With the share of the draws."""
    [warning] = value("simulate", {"value_normal": [0, 1]}).warnings
    assert warning.code == "value-can-be-negative"
    assert "negative in 5" in warning.sentence or "negative in 4" in warning.sentence


def test_mid_year_years_and_uncertain_rate() -> None:
    """Income in the middle of the year is worth more; a rate may be uncertain."""
    inputs = {"revenue": 100, "years": 2, "discount_rate": "0.21", "draws": 1000}
    end = figures(inputs)["closed_form"]["mean"]
    mid = figures(inputs | {"timing": "mid"})["closed_form"]["mean"]
    assert mid == pytest.approx(end * Decimal("1.1"), rel=Decimal("1e-20"))
    outputs = figures(inputs | {"discount_rate": {"distribution": "uniform", "low": 0, "high": 1}})
    assert 75 < outputs["p90"] < 200
    assert "closed_form" not in outputs


@given(
    st.lists(
        st.tuples(st.integers(0, 50), st.integers(0, 50), st.integers(0, 50)),
        min_size=1,
        max_size=4,
    ),
    st.sampled_from(["triangular", "pert"]),
    st.integers(0, 5),
)
def test_means_agree_with_closed_forms(
    years: list[tuple[int, int, int]], kind: str, seed: int
) -> None:
    """Within six standard errors, since many are looked at; and values rise with income."""
    lists = [sorted(year) for year in years]
    inputs = {
        f"revenue_{kind}": lists,
        "split_uniform": ["0.1", "0.3"],
        "discount_rate": "0.1",
        "draws": 4000,
        "seed": seed,
    }
    outputs = figures(inputs)
    off = abs(outputs["mean"] - outputs["closed_form"]["mean"])
    assert off <= 6 * outputs["standard_error"] + Decimal("1e-9")
    more = figures(inputs | {f"revenue_{kind}": [[part + 1 for part in year] for year in lists]})
    assert all(more[name] > outputs[name] for name in ("mean", "p10", "p50", "p90"))
    assert outputs["p10"] <= outputs["p50"] <= outputs["p90"]
