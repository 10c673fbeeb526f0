"""Put the frozen sheet of an offer into words, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import TextChoices

from marketplace.accounts.roles import OrganizationKind
from marketplace.appraisal.appraisal.models import Method
from marketplace.catalog.dataset.choices import (
    AssetKind,
    ColumnType,
    SourceKind,
    Theme,
    UpdateFrequency,
)
from marketplace.catalog.dataset.grading import Grade
from marketplace.preparation.report.models import Verdict
from marketplace.rights.right.choices import Right
from marketplace.trading.listings.listing.models import DeliveryChoice
from marketplace.trading.listings.plans import Plan, plan_of, plan_of_price
from marketplace.trading.listings.sheet.instead_of_rows import sandbox_facts
from marketplace.trading.listings.terms.in_words import terms_facts, worded

WORDS_OF_DATASET: dict[str, type[TextChoices]] = {
    "theme": Theme,
    "asset_kind": AssetKind,
    "source_kind": SourceKind,
    "update_frequency": UpdateFrequency,
    "grade": Grade,
}


def sheet_view(sheet: Mapping[str, Any] | None) -> dict[str, Any]:
    """Return a frozen sheet with its codes worded, its dates as dates and its money as decimals."""
    assert sheet is not None
    plan = plan_of_sheet(sheet)
    dataset = dict(sheet["dataset"])
    for name, choices in WORDS_OF_DATASET.items():
        dataset[name] = worded(choices, dataset[name])
    right, valuation = dict(sheet["right"]), dict(sheet["valuation"])
    right["rights"] = [worded(Right, code) for code in right["rights"]]
    for day in ("valid_from", "valid_until"):
        right[day] = date.fromisoformat(right[day])
    for day in ("valued_on", "valid_until"):
        valuation[day] = date.fromisoformat(valuation[day])
    valuation["amount"] = Decimal(valuation["amount"])
    valuation["method"] = worded(Method, valuation["method"])
    return {
        **sheet,
        "price": Decimal(sheet["price"]),
        "price_brief": plan.brief(sheet["currency"]),
        "fee": plan.describe(sheet["currency"]),
        "delivery_mode": worded(DeliveryChoice, sheet["delivery_mode"]),
        "dataset": dataset,
        "columns": [
            {**column, "dtype": worded(ColumnType, column["dtype"])} for column in sheet["columns"]
        ],
        "right": right,
        "valuation": valuation,
        "seller": {**sheet["seller"], "kind": worded(OrganizationKind, sheet["seller"]["kind"])},
        "terms": terms_facts(sheet["terms"], delivery_mode=sheet["delivery_mode"]),
        "sandbox_facts": sandbox_facts(sheet["sandbox"]) if sheet.get("sandbox") else [],
        "verdict": worded(Verdict, sheet["risk"]["verdict"]),
        "risk_valid_until": date.fromisoformat(sheet["risk"]["valid_until"]),
    }


def card_view(sheet: Mapping[str, Any] | None) -> dict[str, Any]:
    """Return a frozen sheet with those of its codes worded that a card of the market shows."""
    assert sheet is not None
    dataset = dict(sheet["dataset"])
    for name in ("theme", "asset_kind"):
        dataset[name] = worded(WORDS_OF_DATASET[name], dataset[name])
    return {
        **sheet,
        "dataset": dataset,
        "price_brief": plan_of_sheet(sheet).brief(sheet["currency"]),
        "verdict": worded(Verdict, sheet["risk"]["verdict"]),
    }


def plan_of_sheet(sheet: Mapping[str, Any]) -> Plan:
    """Return the price plan; a sheet of before there were plans has a price alone."""
    return plan_of(sheet["plan"]) if "plan" in sheet else plan_of_price(Decimal(sheet["price"]))
