"""Past trades as comparables, an option beside, and what moves a value."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from hashlib import sha256
from typing import Any

import pytest
from django.urls import reverse

from marketplace.appraisal.appraisal.models import Appraisal, Approach, Comparable
from marketplace.appraisal.appraisal.selectors import replay
from marketplace.catalog.dataset.models import Dataset
from marketplace.core import clock
from tests.appraisal.doors import FORM
from tests.conftest import PageClients
from tests.given import appraisal as given
from tests.given.world import World

OPTION = {
    "approach": ["cost", "options"],
    "options-present_value": "1800000",
    "options-launch_cost": "2000000",
    "options-T": "2",
    "options-r": "3",
    "options-sigma": "45",
    "options-q": "6",
    **{
        f"options-{name}_source": "Business plan"
        for name in ("present_value", "launch_cost", "T", "r", "sigma", "q")
    },
}


def past_trade(dataset: Dataset, price: str, days: int = 1) -> Comparable:
    """Keep a past trade of the same theme and kind as a dataset."""
    return Comparable.objects.create(
        trade_digest=sha256(f"{price}{days}".encode()).hexdigest(),
        theme=dataset.theme,
        asset_kind=dataset.asset_kind,
        rows=4,
        column_count=3,
        quality=Decimal("0.8"),
        is_exclusive=False,
        price=Decimal(price),
        currency="CNY",
        settled_on=clock.today() - timedelta(days=days),
    )


def market_form(page: Any) -> dict[str, Any]:
    """Return what the page proposes for the market approach, as it would be sent."""
    [form] = page.context["guide"].approaches
    values = {f"market-{name}": str(value) for name, value in form.initial.items()}
    return {"purpose": "trade", "approach": "market", **values}


def test_past_trades_are_proposed_and_valued(world: World, page_of: PageClients) -> None:
    """Each made like the data by what was measured; no party is named."""
    dataset = given.valuable(world)
    past_trade(dataset, "26800"), past_trade(dataset, "31000", days=40)
    client = page_of("officer")
    address = reverse("appraisal_draft", args=[dataset.pk])
    page = client.get(address + "?approach=market")
    assert "Trade of this centre" in page.content.decode()
    sent = market_form(page)
    assert (sent["market-price_1"], sent["market-share_1"]) == ("26800.00", "0.5000")
    assert sent["market-quality_1"] == "0.8000"
    answer = client.post(address, sent)
    assert answer.status_code == 302, answer.context["guide"].to_do
    approach = Approach.objects.get()
    first, second = approach.inputs["comparables"]
    expected = sum(
        Decimal(one["price"]) / Decimal("0.8") * Decimal(one["capacity"]) / 2
        for one in (first, second)
    )
    assert abs(approach.amount - expected) < Decimal("0.01")
    assert first["quality"] == second["quality"] == {"subject": "1.0000", "comparable": "0.8000"}
    assert replay(Appraisal.objects.get()).same
    revise = client.get(reverse("appraisal_revise", args=[approach.appraisal_id]))
    assert market_form(revise)["market-price_2"] == "31000"
    assert not revise.context["is_of_api"]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"market-price_1": "", "market-price_2": ""}, "comparable"),
        ({"market-share_1": "0.9"}, "add up to"),
        ({"market-quality_1": "0"}, "above 0"),
        ({"market-quality_1": "1.2"}, "at most 1"),
        ({"market-source_1": ""}, "Say where"),
    ],
)
def test_what_is_wrong_with_comparables_is_told(
    world: World, page_of: PageClients, changes: dict[str, str], sentence: str
) -> None:
    """In words, and nothing is kept."""
    dataset = given.valuable(world)
    past_trade(dataset, "26800"), past_trade(dataset, "31000", days=40)
    client = page_of("officer")
    address = reverse("appraisal_draft", args=[dataset.pk])
    sent = market_form(client.get(address + "?approach=market"))
    answer = client.post(address, {**sent, **changes})
    assert answer.status_code == 422
    told = answer.context["guide"].to_do
    assert any(sentence.lower() in one.lower() for one in told), told
    assert not Appraisal.objects.exists()


def test_one_comparable_is_warned_of(world: World, page_of: PageClients) -> None:
    """In words, on the page of the value."""
    dataset = given.valuable(world)
    past_trade(dataset, "26800")
    client = page_of("officer")
    address = reverse("appraisal_draft", args=[dataset.pk])
    answer = client.post(address, market_form(client.get(address + "?approach=market")))
    assert answer.status_code == 302, answer.context["guide"].to_do
    [told] = client.get(answer.headers["Location"]).context["warnings"]
    assert "comparable" in told


def test_an_option_stands_beside_and_is_never_added(world: World, page_of: PageClients) -> None:
    """The value is that of the cost approach alone."""
    dataset = given.valuable(world)
    client = page_of("officer")
    answer = client.post(reverse("appraisal_draft", args=[dataset.pk]), FORM | OPTION)
    assert answer.status_code == 302, answer.context["guide"].to_do
    appraisal = Appraisal.objects.get()
    cost, option = appraisal.approaches.all()
    assert (option.weight, option.amount) == (None, Decimal("304937.23"))
    assert appraisal.amount == cost.amount == appraisal.high
    text = client.get(answer.headers["Location"]).content.decode()
    assert "never added" in text
    assert "static value today -200000.00" in text
    assert replay(appraisal).same
    late = client.post(
        reverse("appraisal_revise", args=[appraisal.pk]), FORM | OPTION | {"options-T": "9"}
    )
    assert late.status_code == 422
    assert "The right ends in" in late.content.decode()


def test_the_page_says_what_moves_the_value_and_how_sure_it_is(
    world: World, page_of: PageClients
) -> None:
    """A tornado for each approach, and a distribution of income."""
    dataset = given.valuable(world)
    client = page_of("officer")
    sent = {
        "purpose": "trade",
        "approach": "income",
        "income-income_rights": "operate",
        "income-income": "60000 52000",
        "income-income_source": "Licences",
        "income-rf": "2",
        "income-rf_source": "Bond",
        "income-convention": "mid",
        "income-flow_basis": "post_tax",
        "income-rate_basis": "post_tax",
        "income-legal_term": "2",
        "income-legal_term_source": "Certificate",
    }
    answer = client.post(reverse("appraisal_draft", args=[dataset.pk]), sent)
    assert answer.status_code == 302, answer.context["guide"].to_do
    page = client.get(answer.headers["Location"])
    [shown] = page.context["approaches"]
    assert shown.spread.p10 < shown.spread.p50 < shown.spread.p90
    assert abs(shown.spread.p50 - shown.amount) < shown.amount / 100
    text = page.content.decode()
    for part in ("What moves the value most", "How sure the value is", "P10", "seed"):
        assert part in text
    assert text.count("<svg") >= 3


def test_a_report_is_whole_and_bound(world: World, page_of: PageClients) -> None:
    """To the version's digest; it says that it is a reference value."""
    appraisal = given.in_force(world)
    client = page_of("officer")
    text = client.get(reverse("appraisal_report", args=[appraisal.pk])).content.decode()
    assert appraisal.credential is not None
    for part in (
        *(appraisal.version.sha256, appraisal.result_digest, appraisal.credential.number),
        *("reference value", "208,333.75 CNY", "Voucher of direct", "Reproduced to the cent"),
    ):
        assert part in text
    assert "Nobody may rely on it" not in text
    kept = client.get(reverse("appraisal_report_file", args=[appraisal.pk])).json()
    assert kept["version_sha256"] == appraisal.version.sha256
    assert kept["approaches"][0]["result"] == appraisal.result
    assert (kept["low"], kept["value"], kept["high"]) == (given.VALUE,) * 3
    assert "reference value" in kept["statement"]
