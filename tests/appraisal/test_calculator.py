"""Every worked case of the library comes out through the API and the page as well."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from html import unescape
from typing import Any

import pytest
from django.urls import reverse

from tests.conftest import ApiClients, PageClients
from tests.given.state import changed_tables, kept_rows
from tests.given.valuation import assert_close
from tests.given.world import World
from tests.valuation.test_vectors import CASES, PUBLISHED
from valuation import find_method
from valuation.inputs import as_stored

LEAST_DRAWS = 100_000
"""What the library draws where nobody says otherwise."""
COST = {
    "currency": "CNY",
    "components": {"direct": 1000},
    "quality_coefficient": 0.9,
    "remaining_life_years": 1,
    "total_life_years": 2,
}


def plain(case: dict[str, Any]) -> str:
    """Write a case's inputs as JSON with numbers, as a file of cases has them."""
    return json.dumps(case["inputs"], default=float)


def expected_of(case: dict[str, Any]) -> dict[str, Any]:
    """Return the figures of a case."""
    return {name: part for name, part in case["expected"].items() if not name.startswith(PUBLISHED)}


def tolerance_of(case: dict[str, Any], name: str) -> Decimal:
    """Return how far a figure may be off; the bounds of drawn ones follow from their spread."""
    bounds = case["tolerance"]
    if "abs" in bounds:
        return Decimal(str(bounds["abs"]))
    spread = Decimal(str(case["expected"]["sd"]))
    if name == "sd":
        return spread * Decimal(str(bounds["sd_rel"]))
    assert bounds["mean_within"] == "4*sd/sqrt(n)"
    return 4 * spread / Decimal(LEAST_DRAWS).sqrt()


def rows_of(expected: Any, path: str = "") -> dict[str, Any]:
    """Return expected figures by the paths under which the page shows them."""
    if isinstance(expected, dict):
        parts = [(f"{path}.{name}" if path else name, part) for name, part in expected.items()]
    elif isinstance(expected, list):
        parts = [(f"{path}[{place}]", part) for place, part in enumerate(expected, start=1)]
    else:
        return {path: expected}
    return {name: figure for inner, part in parts for name, figure in rows_of(part, inner).items()}


def shown(text: str) -> dict[str, str]:
    """Read the figures off the page."""
    found = re.findall(r'data-figure="([^"]*)".*?<td class="number long">(.*?)</td>', text)
    return {unescape(name): unescape(figure) for name, figure in found}


@pytest.mark.parametrize(("kind", "case"), CASES, ids=[str(case["id"]) for _, case in CASES])
def test_case_comes_out_of_the_api_and_of_the_page(
    kind: str, case: dict[str, Any], world: World, api_of: ApiClients, page_of: PageClients
) -> None:
    """With the keys of the command line, within the case's tolerance."""
    before = kept_rows()
    answer = api_of("officer").post(
        reverse("api_calculate"),
        json.dumps({"method": kind, "inputs": json.loads(plain(case))}),
        content_type="application/json",
    )
    sent = {"method": find_method(kind).name, "inputs": plain(case)}
    page = page_of("officer").post(reverse("calculator"), sent)
    assert changed_tables(before) == []
    if "error" in case["expected"]:
        assert (answer.status_code, page.status_code) == (422, 422)
        assert answer.json()["code"] == case["expected"]["error"]
        return
    assert (answer.status_code, page.status_code) == (200, 200)
    answered, figures = answer.json()["figures"], shown(page.content.decode())
    for name, part in expected_of(case).items():
        tolerance = tolerance_of(case, name)
        assert_close(answered[name], part, tolerance)
        for path, figure in rows_of(part, name).items():
            if isinstance(figure, bool):
                assert figures[path] == str(figure).lower(), path
            else:
                assert_close(figures[path], figure, tolerance)


def test_the_page_says_the_warnings_and_the_way(world: World, page_of: PageClients) -> None:
    """As the appraisal pages do, in the reader's language."""
    given = {"method": "cost", "inputs": json.dumps(COST | {"cost_basis": "historic"})}
    text = page_of("officer").post(reverse("calculator"), given).content.decode()
    assert "The costs are historic." in text
    assert "Replacement cost · Value adjustment" in text
    piece = page_of("officer").post(
        reverse("calculator"), given, headers={"HX-Request": "true", "Accept-Language": "zh-hans"}
    )
    assert piece.content.decode().lstrip().startswith('<div id="calculation"')
    assert "重置成本" in piece.content.decode()


@pytest.mark.parametrize(
    "text",
    ["{", "[1]", "7", '{"currency": "CNY", "currency": "EUR"}', '{"a": NaN}', '{"a": 1e9999999}'],
)
def test_what_is_no_input_is_refused(text: str, world: World, page_of: PageClients) -> None:
    """At the field or with the library's sentence."""
    answer = page_of("officer").post(reverse("calculator"), {"method": "cost", "inputs": text})
    assert answer.status_code == 422
    assert "note-bad" in answer.content.decode()


def test_an_unknown_method_is_refused_with_its_code(world: World, api_of: ApiClients) -> None:
    """And with what is meant."""
    answer = api_of("officer").post(
        reverse("api_calculate"), {"method": "luck", "inputs": {}}, format="json"
    )
    assert (answer.status_code, answer.json()["code"]) == (422, "unknown-method")


def test_buyers_have_no_calculator(world: World, page_of: PageClients, api_of: ApiClients) -> None:
    """Officers and the centre's staff have."""
    assert page_of("buyer").get(reverse("calculator")).status_code == 403
    answer = api_of("buyer").post(
        reverse("api_calculate"), {"method": "cost", "inputs": COST}, format="json"
    )
    assert answer.status_code == 403


def test_inputs_are_kept_as_they_are_written() -> None:
    """A number of the page is not turned into binary on its way."""
    assert as_stored({"rate": Decimal("0.1")}) == {"rate": "0.1"}
