"""`manage.py account` answers published cases, and the variants that the rules name."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests.accounting.variants import ANSWERS, MOVES, SHEET, UNTOLD

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
        ({"entity": "administrative_unit", "action": "pledge"}, "pledge-by-administrative-unit"),
        (
            {"entity": "administrative_unit", "action": "hidden_debt"},
            "hidden-debt-by-administrative-unit",
        ),
        ({**SHEET, "entity": "government", "pledge": 36}, "pledge-by-administrative-unit"),
        (
            {
                "lines": [{"date": "2023-06-30", "amount": 4, "expensed": True}],
                "request": "capitalise",
            },
            "no-retroactive-capitalization",
        ),
        ({"fair_value": 300}, "voucher-missing"),
        ({"fair_value": 300, "basis": "appraisal", "voucher": "V"}, "appraisal-not-bookable"),
        ({"fair_value": 3, "share_capital": 4, "voucher": "V"}, "capital-above-value"),
        ({"lines": [{"kind": "fun", "amount": 1}]}, "unknown-kind"),
        ({"cost": -1, "months": 3}, "negative-amount"),
        ({"cost": 1, "months": 0}, "not-positive"),
        ({"cost": 1, "months": 2.5}, "life-not-usable"),
        ({"cost": 1, "months": 5, "residual": 2}, "residual-above-cost"),
        ({"cost": 1, "months": 5, "months_in_year1": 13}, "first-year-not-usable"),
        ({"cost": "many", "months": 5}, "not-a-number"),
        ({"A": 10, "L": 5, "spend": 10}, "no-assets-left"),
        ({"A": 10, "L": 5, "moves": {"dance": 3}}, "unknown-move"),
        ({"A": 10, "L": 5, "target_pct": 120}, "target-out-of-range"),
        ({"entity": "club", "action": "pledge"}, "unknown-entity"),
        ({"cost_opening": 1, "disposals": 2}, "table-below-zero"),
        ({"weather": "fine"}, "case-not-recognized"),
    ],
)
def test_refusals(inputs: dict[str, object], code: str, tmp_path: Path) -> None:
    """A code, a sentence, and exit 1."""
    found, refusal = answered(tmp_path, inputs)
    assert found["error"] == code
    assert found["message"]
    assert refusal == f"{code}: {found['message']}"


@pytest.mark.parametrize(("kind", "amount", "ratio"), MOVES)
def test_moves_are_told_by_their_exact_kind(
    kind: str, amount: int, ratio: float, tmp_path: Path
) -> None:
    """Flat, by name, and as an object with a kind."""
    for document in (
        {**SHEET, kind: amount},
        {**SHEET, "moves": {kind: amount}},
        {**SHEET, "moves": [{"kind": kind, "name": "as it is called here", "amount": amount}]},
        {**SHEET, "operation": kind, "amount": amount},
    ):
        found, refusal = answered(tmp_path, document)
        assert refusal == ""
        assert found["ratio_after"] == pytest.approx(ratio, abs=0.00005)


@pytest.mark.parametrize(("inputs", "code", "names"), UNTOLD)
def test_what_no_rule_knows_is_refused(
    inputs: dict[str, object], code: str, names: str, tmp_path: Path
) -> None:
    """With the name that was probably meant."""
    found, refusal = answered(tmp_path, inputs)
    assert found["error"] == code
    assert names in found["message"]
    assert refusal


def test_an_amortization_by_its_other_spelling_is_opened_too(tmp_path: Path) -> None:
    """100 less 10 is what the year opens with, however amortization is spelt."""
    for name in ("amortisation_opening", "amortization_opening"):
        found, _refusal = answered(tmp_path, {"cost_opening": 100, name: 10})
        assert (found["carrying_opening"], found["carrying_closing"]) == (90, 90)


def test_a_condition_that_is_said_not_to_hold_is_missing(tmp_path: Path) -> None:
    """Also one that the standard counts under another."""
    met = dict.fromkeys(
        (*("technically_feasible", "intention", "benefits_shown", "resources", "cost_reliable"),),
        True,
    )
    inputs = {"purpose": "own_use", "benefits_probable": True, "cost_reliable": True, "cost": 10}
    found, _refusal = answered(
        tmp_path, {**inputs, "conditions": met | {"ability_to_use_or_sell": False}}
    )
    assert found["missing_conditions"] == ["ability_to_use_or_sell"]


def test_a_lawful_move_is_answered_beside_a_refused_one(tmp_path: Path) -> None:
    """The refusal cites its source."""
    found, refusal = answered(
        tmp_path, {**SHEET, "entity": "administrative_unit", "spend": 12, "pledge": 36}
    )
    assert found["expense"] == pytest.approx(62.753)
    assert "pledge" not in found
    assert "财资〔2024〕1号" in refusal


def test_agreed_and_fair_value_never_differ_in_silence(tmp_path: Path) -> None:
    """Which one is booked, and why, is told; the agreed one unless it is not fair (CAS 6)."""
    inputs = {"agreed_value": 300, "fair_value": 240, "share_capital": 200, "voucher": "V 7"}
    found, refusal = answered(tmp_path, inputs)
    assert refusal.startswith("values-differ")
    assert "300.00" in refusal
    assert "240.00" in refusal
    assert (found["difference"], "asset" in found) == (60, False)
    for is_fair, booked, asset, reserve in (
        (True, "agreed_value", 300, 100),
        (False, "fair_value", 240, 40),
    ):
        told = inputs | {"agreed_is_fair": is_fair}
        assert answered(tmp_path, told)[1].startswith("values-differ")
        found, refusal = answered(tmp_path, told | {"reason": "Prices of three like tables"})
        assert refusal == ""
        assert (found["booked"], found["reason"]) == (booked, "Prices of three like tables")
        assert (found["asset"], found["capital_reserve"]) == (asset, reserve)
    found, refusal = answered(tmp_path, {"agreed_value": 300, "fair_value": 300, "voucher": "V"})
    assert (found["asset"], refusal) == (300, "")
    unfair = {"agreed_value": 300, "agreed_is_fair": False, "voucher": "V"}
    assert answered(tmp_path, unfair)[1].startswith("figure-missing")


def test_a_contribution_without_a_voucher_is_counted_and_refused(tmp_path: Path) -> None:
    """So that the officer sees what the voucher would book."""
    found, refusal = answered(tmp_path, {"agreed_value": 300, "registered_capital": 200})
    assert (found["asset"], found["capital_reserve"]) == (300, 100)
    assert refusal.startswith("voucher-missing")


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
    with pytest.raises(CommandError, match="input-unreadable"):
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
