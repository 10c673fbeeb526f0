"""Several approaches make one value in a range, by weights with reasons; never silently."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from marketplace.appraisal.appraisal.documents import digest_of_appraisal
from marketplace.appraisal.appraisal.models import Appraisal, Approach
from marketplace.appraisal.appraisal.selectors import replay
from marketplace.appraisal.appraisal.services import approve_appraisal, submit_appraisal
from marketplace.core.errors import WrongState
from tests.appraisal.doors import FORM
from tests.appraisal.test_guide import INCOME
from tests.conftest import ApiClients, PageClients
from tests.given import appraisal as given
from tests.given.world import World

BOTH: dict[str, Any] = {
    **FORM,
    **INCOME,
    "approach": ["cost", "income"],
    "cost-weight": "0.4",
    "cost-reason": "Vouchers for every line",
    "income-weight": "0.6",
    "income-reason": "Two years of licences",
}


def drafted(world: World, page_of: PageClients, **changes: str) -> Appraisal:
    """Draft a valuation by cost and by income through the page."""
    dataset = given.valuable(world)
    answer = page_of("officer").post(
        reverse("appraisal_draft", args=[dataset.pk]), {**BOTH, **changes}
    )
    assert answer.status_code == 302, answer.context["guide"].to_do
    return Appraisal.objects.get()


def test_two_approaches_make_one_value_in_a_range(world: World, page_of: PageClients) -> None:
    """By the weights; the digest binds both."""
    appraisal = drafted(world, page_of)
    cost, income = appraisal.approaches.all()
    weighed = cost.amount * Decimal("0.4") + income.amount * Decimal("0.6")
    assert appraisal.method == "reconcile"
    assert abs(appraisal.amount - weighed) <= Decimal("0.01")
    assert (appraisal.low, appraisal.high) == tuple(sorted((cost.amount, income.amount)))
    assert appraisal.result_digest == digest_of_appraisal(appraisal)
    text = page_of("officer").get(reverse("appraisal_detail", args=[appraisal.pk]))
    for part in ("Two years of licences", "40 %", "60 %", "The approaches lie between"):
        assert part in text.content.decode()


def test_the_second_person_approves_both(world: World, page_of: PageClients) -> None:
    """Each approach is computed anew before; the report holds them all."""
    appraisal = drafted(world, page_of)
    submit_appraisal(appraisal.pk, by=world.actor("officer"))
    approve_appraisal(appraisal.pk, checklist=given.CHECKLIST, by=world.actor("reviewer"))
    assert replay(appraisal).same
    text = page_of("reviewer").get(reverse("appraisal_report", args=[appraisal.pk]))
    assert "From several approaches to one value" in text.content.decode()
    kept = page_of("reviewer").get(reverse("appraisal_report_file", args=[appraisal.pk])).json()
    assert [one["method"] for one in kept["approaches"]] == ["cost", "income"]
    assert kept["reconciliation"]["amount"] == kept["value"]


def test_an_approach_that_was_changed_is_found(world: World, page_of: PageClients) -> None:
    """Though the value itself still comes out of its inputs."""
    appraisal = drafted(world, page_of)
    income = appraisal.approaches.get(method="income")
    changed = {**income.result, "amount": "1.00", "version": "0.0.9"}
    Approach.objects.filter(pk=income.pk).update(result=changed)
    told = replay(Appraisal.objects.get())
    assert not told.same
    assert "Income approach" in told.sentence
    assert "version 0.0.9" in told.sentence
    with pytest.raises(WrongState) as refused:
        submit_appraisal(appraisal.pk, by=world.actor("officer"))
    assert refused.value.code == "replay-differs"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"cost-weight": ""}, "how much this approach counts"),
        ({"income-reason": " "}, "why this approach counts"),
        ({"cost-weight": "0.5"}, "add up to 1.1"),
        ({"cost-weight": "1.4"}, "less than or equal to 1"),
        ({"income-income": "-1"}, "Give 0 or more"),
        ({"cost-direct": "-1"}, "without the sign"),
    ],
)
def test_what_is_wrong_is_told_at_its_approach(
    world: World, page_of: PageClients, changes: dict[str, str], sentence: str
) -> None:
    """And nothing is kept."""
    dataset = given.valuable(world)
    answer = page_of("officer").post(
        reverse("appraisal_draft", args=[dataset.pk]), {**BOTH, **changes}
    )
    assert answer.status_code == 422
    guide = answer.context["guide"]
    assert any(sentence in told for told in guide.to_do), guide.to_do
    wrong = {form.method for form in guide.approaches if form.errors}
    assert {name.partition("-")[0] for name in changes} <= wrong
    assert not Appraisal.objects.exists()


def test_the_api_takes_several(world: World, api_of: ApiClients) -> None:
    """As a list; a refusal names the approach and the field."""
    dataset = given.valuable(world)
    address = reverse("api_draft_appraisal", args=[dataset.pk])
    income = {
        "income": ["60000"],
        "discount_rate": "0.1",
        "income_rights": "operate",
        "sources": {"income": "Licences", "discount_rate": "Judgement"},
    }
    sent: dict[str, Any] = {
        "purpose": "trade",
        "approaches": [
            {"method": "cost", "inputs": given.inputs(), "weight": "0.5", "reason": "Vouchers"},
            {"method": "income", "inputs": income, "weight": "0.5", "reason": "Licences"},
        ],
    }
    answer = api_of("officer").post(address, sent, format="json")
    assert answer.status_code == 201, answer.json()
    body = answer.json()
    assert [one["method"] for one in body["approaches"]] == ["cost", "income"]
    assert body["low"] < body["amount"] < body["high"] or body["low"] != body["high"]
    sent["approaches"][1]["inputs"] = {**income, "income": ["-1"]}
    revised = reverse("api_revise_appraisal", args=[body["id"]])
    refused = api_of("officer").post(revised, sent, format="json")
    assert (refused.status_code, refused.json()["code"]) == (422, "negative-value")
    assert list(refused.json()["errors"]) == ["income.income"]
