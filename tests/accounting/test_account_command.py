"""`manage.py account` answers published cases, and the variants that the rules name."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

VECTORS = json.loads(
    (Path(__file__).parent / "vectors" / "accounting.json").read_text(encoding="utf-8")
)


def answered(folder: Path, document: object, *options: str) -> tuple[dict[str, Any], str]:
    """Write a case, run the command; answer its figures and the sentence it refused with."""
    path = folder / "case.json"
    path.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    out, refusal = StringIO(), ""
    try:
        call_command("account", str(path), "--json", *options, stdout=out)
    except CommandError as error:
        refusal = str(error)
    return json.loads(out.getvalue()), refusal


@pytest.mark.parametrize("wrapped", [False, True])
@pytest.mark.parametrize("case", VECTORS["cases"], ids=lambda case: case["id"])
def test_published_cases(case: dict[str, Any], wrapped: bool, tmp_path: Path) -> None:
    """Each within its tolerance, bare or wrapped; a refusal exits 1."""
    document = {"kind": "accounting", **case} if wrapped else case["inputs"]
    found, refusal = answered(tmp_path, document)
    for name, value in case["expected"].items():
        if isinstance(value, int | float):
            assert found[name] == pytest.approx(value, abs=case["tolerance"]["abs"])
        else:
            assert found[name] == value
    assert bool(refusal) == ("error" in case["expected"])


SHEET = {"A": 1000, "L": 620}
REFERENCE: dict[str, object] = {
    "expense": 62.753,
    "capitalise": 62.1866,
    "loan": 62.6363,
    "equity": 59.0476,
    "appraisal": 62,
    "pledge": 63.3205,
    "profit": 61.4470,
}
ANSWERS: list[tuple[str, dict[str, object], dict[str, object]]] = [
    (
        "reference case, flat",
        {
            **SHEET,
            "spend": 12,
            "capitalised": 9,
            "equity": 50,
            "appraisal": 120,
            "pledge_loan": 36,
            "product_profit": 9,
        },
        REFERENCE,
    ),
    (
        "reference case, named moves",
        {
            **SHEET,
            "moves": {
                "expense": 12,
                "capitalise": {"spend": 12, "capitalised": 9},
                "loan": {"amount": 12, "capitalised": 9},
                "equity": {"amount": 50},
                "appraisal": {"amount": 120},
                "pledge": {"amount": 36},
                "profit": 9,
            },
        },
        REFERENCE,
    ),
    (
        "changes of assets and liabilities",
        {**SHEET, "moves": [{"name": "pledge", "dA": 36, "dL": 36}, {"dA": 50, "dL": 0}]},
        {"before": 62, "pledge": 63.3205, "ratios": [63.3205, 59.0476]},
    ),
    ("one change", {**SHEET, "dA": 9, "dL": 0}, {"ratio_after": 61.447, "falls": True}),
    ("a target that is reached", {**SHEET, "target": 0.7}, {"K": 0}),
    (
        "straight line over 36 months, nine in the first year",
        {"cost": 910000, "months": 36, "months_in_year1": 9},
        {
            "monthly": 25277.78,
            "year1": 227500,
            "schedule": [227500, 303333.33, 303333.33, 75833.33],
            "carrying_by_year": [682500, 379166.67, 75833.33, 0],
        },
    ),
    (
        "ready in April, left in July of the next year",
        {"cost": 360, "years": 3, "start": "2025-04-15", "as_of": "2026-07-01"},
        {"year1": 90, "accumulated_amortisation": 150, "carrying": 210},
    ),
    (
        "by use, and never beyond the expected use",
        {"cost": 1000, "total_units": 400, "used": [100, 200, 300]},
        {"per_unit": 2.5, "schedule": [250, 500, 250], "carrying_end": 0},
    ),
    (
        "a reversal is bounded by the depreciated cost",
        {
            "carrying": 700000,
            "recoverable": 520000,
            "later_recoverable": 690000,
            "remaining_months": 20,
            "months_until_later": 10,
        },
        {
            "reversal_CAS": 0,
            "carrying_before_later_test": 260000,
            "reversal_ceiling": 350000,
            "reversal_IFRS": 90000,
        },
    ),
    (
        "recoverable is the higher of two",
        {"carrying": 100, "fair_value_less_costs": 70, "value_in_use": 80},
        {"loss": 20, "carrying_after": 80},
    ),
    (
        "inventory at the lower of cost and net realizable value",
        {
            "cost": 500,
            "selling_price": 520,
            "cost_to_complete": 30,
            "selling_costs": 20,
            "taxes": 5,
        },
        {"nrv": 465, "write_down": 35, "carrying": 465},
    ),
    (
        "a write-down of inventory comes back up to cost",
        {"cost": 500, "nrv": 465, "later_nrv": 600},
        {"write_down": 35, "reversal": 35, "carrying_after_reversal": 500},
    ),
    (
        "a grant in cash for an asset",
        {"grant": 1200, "related_to": "asset", "life_months": 60, "months_in_year1": 6},
        {"deferred_income": 1200, "monthly_income": 20, "income_year1": 120},
    ),
    (
        "a grant in cash for past costs",
        {"grant": 1200, "related_to": "past_costs"},
        {"deferred_income": 0, "profit": 1200},
    ),
    (
        "less in the books than for tax is a liability",
        {"cost": 1200, "months_acc": 120, "months_tax": 60, "rate": 0.25},
        {"acc_year1": 120, "tax_year1": 240, "DTA": 0, "DTL": 30},
    ),
    (
        "a contribution at its agreed value",
        {"fair_value": 300, "share_capital": 200, "voucher": "Verification 7"},
        {"asset": 300, "share_capital": 200, "capital_reserve": 100},
    ),
    (
        "own use",
        {"purpose": "own_use", "cost": 10, "benefits_probable": True, "cost_reliable": True},
        {"category": "intangible", "carrying": 10},
    ),
    (
        "held for sale",
        {"purpose": "sale", "cost": 10, "benefits_probable": True, "cost_reliable": True},
        {"category": "inventory", "carrying": 10},
    ),
    (
        "a condition of development is missing",
        {
            "purpose": "own_use",
            "benefits_probable": True,
            "cost_reliable": True,
            "conditions": {"technically_feasible": True, "intention": True, "resources": True},
            "cost": 10,
        },
        {
            "category": "disclosed_only",
            "missing_conditions": ["benefits_shown", "cost_reliable"],
            "expense": 10,
        },
    ),
    (
        "the disclosure table",
        {
            "cost_opening": 100,
            "additions": 50,
            "disposals": 20,
            "amortisation_opening": 10,
            "amortisation_charged": 30,
            "impairment_charged": 5,
        },
        {"cost_closing": 130, "amortisation_closing": 40, "carrying_closing": 85},
    ),
    (
        "a company may pledge",
        {"entity": "company", "action": "pledge"},
        {"allowed": True, "lasting": False},
    ),
]


@pytest.mark.parametrize(
    ("inputs", "expected"),
    [case[1:] for case in ANSWERS],
    ids=[case[0] for case in ANSWERS],
)
def test_variants(inputs: dict[str, object], expected: dict[str, object], tmp_path: Path) -> None:
    """What DOMAIN names beyond the published cases; each figure counted by hand."""
    found, refusal = answered(tmp_path, inputs)
    assert refusal == ""
    assert {name: found[name] for name in expected} == expected


@pytest.mark.parametrize(
    ("inputs", "code"),
    [
        ({"entity": "administrative_unit", "action": "pledge"}, "PLEDGE_BY_ADMINISTRATIVE_UNIT"),
        (
            {"entity": "administrative_unit", "action": "hidden_debt"},
            "HIDDEN_DEBT_BY_ADMINISTRATIVE_UNIT",
        ),
        ({**SHEET, "entity": "government", "pledge": 36}, "PLEDGE_BY_ADMINISTRATIVE_UNIT"),
        (
            {
                "lines": [{"date": "2023-06-30", "amount": 4, "expensed": True}],
                "request": "capitalise",
            },
            "NO_RETROACTIVE_CAPITALISATION",
        ),
        ({"fair_value": 300}, "VOUCHER_MISSING"),
        ({"fair_value": 300, "basis": "appraisal", "voucher": "V"}, "APPRAISAL_NOT_BOOKABLE"),
        ({"fair_value": 3, "share_capital": 4, "voucher": "V"}, "CAPITAL_ABOVE_VALUE"),
        ({"lines": [{"kind": "fun", "amount": 1}]}, "UNKNOWN_KIND"),
        ({"cost": -1, "months": 3}, "NEGATIVE_AMOUNT"),
        ({"cost": 1, "months": 0}, "NOT_POSITIVE"),
        ({"cost": 1, "months": 2.5}, "LIFE_NOT_USABLE"),
        ({"cost": 1, "months": 5, "residual": 2}, "RESIDUAL_ABOVE_COST"),
        ({"cost": 1, "months": 5, "months_in_year1": 13}, "FIRST_YEAR_NOT_USABLE"),
        ({"cost": "many", "months": 5}, "NOT_A_NUMBER"),
        ({"A": 10, "L": 5, "spend": 10}, "NO_ASSETS_LEFT"),
        ({"A": 10, "L": 5, "moves": {"dance": 3}}, "UNKNOWN_MOVE"),
        ({"A": 10, "L": 5, "target_pct": 120}, "TARGET_OUT_OF_RANGE"),
        ({"entity": "club", "action": "pledge"}, "UNKNOWN_ENTITY"),
        ({"cost_opening": 1, "disposals": 2}, "TABLE_BELOW_ZERO"),
        ({"weather": "fine"}, "CASE_NOT_RECOGNIZED"),
    ],
)
def test_refusals(inputs: dict[str, object], code: str, tmp_path: Path) -> None:
    """A code, a sentence, and exit 1."""
    found, refusal = answered(tmp_path, inputs)
    assert found["error"] == code
    assert found["message"]
    assert refusal == f"{code}: {found['message']}"


def test_a_lawful_move_is_answered_beside_a_refused_one(tmp_path: Path) -> None:
    """The refusal cites its source."""
    found, refusal = answered(
        tmp_path, {**SHEET, "entity": "administrative_unit", "spend": 12, "pledge": 36}
    )
    assert found["expense"] == pytest.approx(62.753)
    assert "pledge" not in found
    assert "财资〔2024〕1号" in refusal


def test_a_case_as_toml_in_words(tmp_path: Path) -> None:
    """Figures line by line."""
    path = tmp_path / "case.toml"
    path.write_text('kind = "inventory"\n[inputs]\ncost = 1500.10\nnrv = 1400\n', encoding="utf-8")
    out = StringIO()
    call_command("account", str(path), stdout=out)
    assert "write_down: 100.10\n" in out.getvalue()


@pytest.mark.parametrize("text", ["[1]", "{", '{"A": 1, "A": 2}', '{"A": NaN}'])
def test_unreadable_files_are_told(tmp_path: Path, text: str) -> None:
    """Also a key that stands twice."""
    path = tmp_path / "case.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CommandError, match="INPUT_UNREADABLE"):
        call_command("account", str(path), stdout=StringIO())
    with pytest.raises(CommandError, match="cannot be opened"):
        call_command("account", str(tmp_path / "none.json"), stdout=StringIO())


def test_profiles_differ_by_data_alone(tmp_path: Path) -> None:
    """CAS never reverses an impairment, IFRS and IPSAS do; a gift is 1 yuan under CAS."""
    inputs = {
        "carrying": 700,
        "recoverable": 500,
        "later_recoverable": 600,
        "remaining_months": 10,
    }
    reversals = {
        name: answered(tmp_path, inputs, "--profile", name)[0]["reversal"]
        for name in ("cas", "IFRS", "ipsas")
    }
    assert reversals == {"cas": 0, "IFRS": 100, "ipsas": 100}
