"""Every worked case through the command line, by the name of its kind."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.given.valuation import VECTORS, assert_close, cases_of
from valuation import METHODS
from valuation.cli import main
from valuation.inputs import as_stored

NAMES = {name for method in METHODS.values() for name in (method.name, *method.also)}
KINDS = sorted(path.stem for path in VECTORS.glob("*.json") if path.stem in NAMES)
# A sampled case is within its standard error, which its own test knows: test_simulate.
CASES = [(kind, case) for kind in KINDS for case in cases_of(kind) if "abs" in case["tolerance"]]
# What a file of cases says beside figures, for a person who reads it.
PUBLISHED = "published"


@pytest.mark.parametrize(("kind", "case"), CASES, ids=[str(case["id"]) for _, case in CASES])
def test_case_comes_out(
    kind: str, case: dict[str, Any], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Input files take the keys of the cases; the answer has the keys of their figures."""
    path = tmp_path / "input.json"
    path.write_text(json.dumps(as_stored(case["inputs"])), encoding="utf-8")
    code = main([kind, str(path), "--json"])
    answer = json.loads(capsys.readouterr().out, parse_float=Decimal)
    if "error" in case["expected"]:
        assert (code, answer["error"]) == (1, case["expected"]["error"])
        return
    assert code == 0
    expected = {
        name: part for name, part in case["expected"].items() if not name.startswith(PUBLISHED)
    }
    assert_close(answer, expected, Decimal(str(case["tolerance"]["abs"])))


def test_published_figures_follow_from_their_facts() -> None:
    """What was computed from published figures follows from them."""
    bus, companies, canada = cases_of("published_cases")
    per_thousand = Decimal(bus["appraised_value_CNY"]) / bus["records"] * 1000
    assert_close(per_thousand, bus["derived"]["CNY_per_1000_records"], Decimal("0.0001"))
    derived = companies["derived"]
    assert_close(Decimal(1899) / 375, derived["financing_per_company_million_CNY"], Decimal("0.01"))
    assert_close(Decimal(310) / 375, derived["local_soe_share"], Decimal("0.0001"))
    assert_close(Decimal(218) / 40, canada["derived"]["stock_to_investment_upper"], Decimal(0))
