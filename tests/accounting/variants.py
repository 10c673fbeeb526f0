"""Variants of accounting cases that the rules name; each figure counted by hand."""

from __future__ import annotations

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
        "a share capitalized, and a loan to an appraised value",
        {**SHEET, "spend": 12, "capitalised_share": 0.75, "appraisal": 120, "ltv": 0.3},
        {"capitalise": 62.1866, "loan": 62.6363, "appraisal": 62, "pledge": 63.3205},
    ),
    (
        "changes of assets and liabilities",
        {**SHEET, "moves": [{"name": "pledge", "dA": 36, "dL": 36}, {"dA": 50, "dL": 0}]},
        {"before": 62, "pledge": 63.3205, "ratios": [63.3205, 59.0476]},
    ),
    ("one change", {**SHEET, "dA": 9, "dL": 0}, {"ratio_after": 61.447, "falls": True}),
    (
        "a change of the exact ratios, where the rounded ones differ by another",
        {"A": 1340, "L": 790, "dA": 13, "dL": 0},
        {"before": 58.9552, "ratio_after": 58.3888, "change": -0.5665, "falls": True},
    ),
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
MOVES: list[tuple[str, int, float]] = [
    ("repayment", 15, 61.4213),
    ("free_transfer_in", 50, 59.0476),
    ("free_transfer_out", 50, 65.2632),
    ("dividend", 9, 62.5631),
    ("buyback", 50, 65.2632),
    ("equity_buyback", 50, 65.2632),
]
"""Kinds of moves, an amount, and the ratio from 620/1000: 605/985, 620/1050, 620/950, 620/991."""
UNTOLD: list[tuple[dict[str, object], str, str]] = [
    ({**SHEET, "moves": {"equity buyback": 50}}, "unknown-move", "equity_buyback"),
    ({**SHEET, "moves": {"repay 15 debt with cash": 15}}, "unknown-move", "Known are"),
    ({**SHEET, "moves": {"dividend paid out of profit": 9}}, "unknown-move", "dividend"),
    ({**SHEET, "moves": {"Equity": 50}}, "unknown-move", "equity"),
    ({**SHEET, "equty": 50}, "field-unknown", "Did you mean equity?"),
    ({**SHEET, "traget_pct": 60}, "field-unknown", "target_pct"),
    ({**SHEET, "equity": 50, "ltv": 0.3}, "field-unknown", "ltv"),
    ({**SHEET, "moves": [{"kind": "equity", "amount": 50, "ammount": 9}]}, "field-unknown", "amou"),
    ({**SHEET, "moves": [{"kind": "equity", "dA": 36, "dL": 36}]}, "move-does-not-fit", "equity"),
    ({**SHEET, "moves": [{"name": "buyback", "dA": 50}]}, "move-does-not-fit", "buyback"),
    (
        {**SHEET, "entity": "government", "moves": [{"name": "gift", "dA": 36, "dL": 36}]},
        "unknown-move",
        "kind",
    ),
    ({**SHEET, "moves": {"repayment": 621}}, "amounts-do-not-fit", "owed"),
    ({**SHEET, "equity": 50, "contribution": 60}, "field-twice", "contribution"),
    ({"inputs": {**SHEET}, "equity": 50}, "field-unknown", "equity"),
    ({"kind": "amortisation", "cost": 1, "months": 2}, "not-a-choice", "amortization"),
    ({"cost": 1, "months": 2, "years": 3}, "field-unknown", "years"),
    ({"cost": 1, "months": 2, "residual_valeu": 1}, "field-unknown", "residual_value"),
    ({"fair_value": 3, "vouchr": "V"}, "field-unknown", "voucher"),
    ({"fair_value": 3, "voucher": 7}, "not-text", "voucher"),
    ({"fair_value": 3, "voucher": "V", "basis": "an appraisal"}, "not-a-choice", "appraisal"),
    ({"cost": 3, "appraised_value": 9, "request": "book it"}, "not-a-choice", "request"),
    ({"grant": 3, "related_to": "past costs"}, "not-a-choice", "past_costs"),
    ({"purpose": "own-use", "cost": 3}, "not-a-choice", "own_use"),
    ({"purpose": "own_use", "conditions": ["recources"]}, "unknown-condition", "resources"),
    (
        {"lines": [{"kind": "price", "source": "slef", "amount": 3}]},
        "not-a-choice",
        "self",
    ),
    (
        {"lines": [{"kind": "price", "amount": 3, "qualifed": False}]},
        "field-unknown",
        "qualified",
    ),
    ({"columns": {"bought": 7}}, "rows-missing", "columns"),
]
"""What would have been guessed or changed nothing: the code, and what the sentence names."""
