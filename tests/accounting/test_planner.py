"""The debt-ratio planner: the reference case, over years, on the page and through the API."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from marketplace.accounting.standards.planner import Path, Plan, planned
from marketplace.accounting.standards.ratio import BalanceSheet, Entity, Operation
from tests.conftest import ApiClients, PageClients

SHEET = BalanceSheet(Decimal(1000), Decimal(620))
REFERENCE: dict[str, Any] = {
    "assets": "1000",
    "liabilities": "620",
    "spend": "12",
    "capitalized": "9",
    "equity": "50",
    "profit": "9",
    "pledge": "36",
    "appraisal": "120",
    "grant": "30",
    "life_years": "3",
    "loan_rate": "5",
    "loan_years": "3",
    "years": "5",
    "target": "60",
}


def paths_of(entity: Entity = Entity.COMPANY, **changes: Any) -> dict[Operation, Path]:
    """Return the paths of the reference case, with changes."""
    amounts = {
        name: Decimal(REFERENCE[name])
        for name in ("spend", "capitalized", "equity", "profit", "pledge", "appraisal", "grant")
    }
    plan = Plan(SHEET, entity, **(amounts | {"loan_rate": Decimal(5)} | changes))
    return {path.operation: path for path in planned(plan).paths}


def test_the_reference_case_right_after() -> None:
    """A = 1000, L = 620, as the domain rules state each figure."""
    first = {operation: str(round(path.ratios[0], 2)) for operation, path in paths_of().items()}
    assert first == {
        Operation.EXPENSED: "62.75",
        Operation.CAPITALIZED: "62.19",
        Operation.LOAN_FUNDED: "62.64",
        Operation.GRANT: "63.11",
        Operation.EQUITY: "59.05",
        Operation.PROFIT: "61.45",
        Operation.PLEDGE_LOAN: "63.32",
        Operation.APPRAISAL: "62.00",
    }


def test_years_take_back_what_does_not_last() -> None:
    """By hand: capitalized ends as expensed; a loan costs its interest; a grant leaves nothing."""
    paths = paths_of()
    assert paths[Operation.CAPITALIZED].ratios[3:] == paths[Operation.EXPENSED].ratios[3:]
    # 36 at 5 % over three years costs 1.80 + 1.20 + 0.60 of interest: L = 620, A = 996.40.
    assert paths[Operation.PLEDGE_LOAN].ratios[-1] == Decimal("62.2240")
    # 12 spent and 1.20 of interest: A = 986.80.
    assert paths[Operation.LOAN_FUNDED].ratios[-1] == Decimal("62.8293")
    assert paths[Operation.GRANT].ratios[-1] == 62
    assert set(paths[Operation.APPRAISAL].ratios) == {Decimal(62)}
    assert paths[Operation.PROFIT].ratios[-1] == round(Decimal(62000) / 1054, 4)
    assert [path.operation for path in paths.values() if path.is_lasting] == [
        Operation.EQUITY,
        Operation.PROFIT,
    ]


@given(
    liabilities=st.decimals(min_value=0, max_value=2000, places=2),
    amount=st.decimals(min_value=1, max_value=400, places=2),
    share=st.integers(0, 100),
)
def test_only_equity_and_earnings_end_below(
    liabilities: Decimal, amount: Decimal, share: int
) -> None:
    """Whatever is spent, borrowed, pledged, granted or appraised ends where it was, or above."""
    plan = Plan(
        BalanceSheet(Decimal(1000), liabilities),
        Entity.COMPANY,
        spend=amount,
        capitalized=amount * share / 100,
        equity=amount,
        profit=amount,
        pledge=amount,
        grant=amount,
        appraisal=amount,
        loan_rate=Decimal(4),
    )
    result = planned(plan)
    for path in result.paths:
        if path.is_lasting:
            assert path.ratios[-1] <= result.before
        else:
            assert path.ratios[-1] >= result.before


def test_the_law_forbids_an_administrative_unit() -> None:
    """To pledge and to borrow for data; the other moves are answered."""
    paths = paths_of(Entity.ADMINISTRATIVE_UNIT)
    refused = {operation: path.code for operation, path in paths.items() if path.refused}
    assert refused == {
        Operation.LOAN_FUNDED: "hidden-debt-by-administrative-unit",
        Operation.PLEDGE_LOAN: "pledge-by-administrative-unit",
    }
    assert all("财资〔2024〕1号" in paths[operation].refused for operation in refused)


def test_a_move_that_leaves_nothing_is_refused() -> None:
    """The others stand."""
    paths = paths_of(spend=Decimal(1000), capitalized=Decimal(0))
    assert paths[Operation.EXPENSED].code == "no-assets-left"
    assert paths[Operation.EQUITY].ratios


def test_the_page_compares(page_of: PageClients) -> None:
    """With charts, the equity for the target, and the plain sentence."""
    answer = page_of("officer").get(reverse("debt_ratio"), REFERENCE | {"entity": "company"})
    text = answer.content.decode()
    for words in ("62.75", "59.05", "33.33", "genuine equity lower the ratio lastingly"):
        assert words in text
    assert text.count('role="img"') == 2
    refused = page_of("officer").get(
        reverse("debt_ratio"), REFERENCE | {"entity": "administrative_unit"}
    )
    assert "财资〔2024〕1号" in refused.content.decode()


def test_the_page_knows_who_asks(page_of: PageClients) -> None:
    """A government body is an administrative unit unless it says otherwise."""
    text = page_of("finance").get(reverse("debt_ratio")).content.decode()
    assert '<option value="administrative_unit" selected' in text


def test_a_change_is_that_of_the_exact_ratios() -> None:
    """From 58.9552 to 58.3888 percent: by 0.5665 points, which is 0.56646 rounded once."""
    plan = Plan(
        BalanceSheet(Decimal(1340), Decimal(790)), Entity.COMPANY, equity=Decimal(13), years=1
    )
    result = planned(plan)
    [path] = result.paths
    assert (result.before, path.ratios[0]) == (Decimal("58.9552"), Decimal("58.3888"))
    assert path.changes[0] == Decimal("-0.5665")


@pytest.mark.parametrize(
    "changes", [{"assets": ""}, {"assets": "0"}, {"capitalized": "13"}, {"years": "21"}]
)
def test_a_wrong_plan_is_told(page_of: PageClients, changes: dict[str, str]) -> None:
    """On the form."""
    answer = page_of("officer").get(
        reverse("debt_ratio"), REFERENCE | {"entity": "company"} | changes
    )
    assert answer.status_code == 422


def test_the_api_answers_the_same(api_of: ApiClients) -> None:
    """Refusals as moves, and problems by field."""
    client = api_of("officer")
    answer = client.get(
        reverse("api_plan_debt_ratio"), REFERENCE | {"entity": "administrative_unit"}
    ).json()
    assert (answer["before"], answer["needed"]) == ("62.0000", "33.3333")
    paths = {path["operation"]: path for path in answer["paths"]}
    assert paths["equity"]["ratios"][0] == "59.0476"
    assert paths["equity"]["changes"][0] == "-2.9524"
    assert paths["pledge_loan"]["code"] == "pledge-by-administrative-unit"
    assert client.get(reverse("api_plan_debt_ratio"), {"assets": "0"}).status_code == 422
    mistyped = client.get(reverse("api_plan_debt_ratio"), REFERENCE | {"equty": "50"})
    assert (mistyped.status_code, mistyped.json()["code"]) == (400, "unknown-parameter")
    assert "Did you mean equity?" in mistyped.json()["detail"]
    over = REFERENCE | {"capitalized": "13"}
    assert client.get(reverse("api_plan_debt_ratio"), over).status_code == 422
