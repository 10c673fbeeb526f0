"""The appraisal pages: what they propose, refuse and show."""

from __future__ import annotations

from decimal import Decimal

from django.urls import reverse

from marketplace.appraisal.appraisal.approach_forms import CostForm
from marketplace.appraisal.appraisal.models import Appraisal
from marketplace.appraisal.appraisal.selectors import basis_of
from marketplace.appraisal.appraisal.suggestions import suggested
from tests.appraisal.doors import FORM
from tests.conftest import ApiClients, PageClients
from tests.given import appraisal as given
from tests.given.catalog import approved_dataset
from tests.given.world import World

HOLES = "day,line,boardings\n2026-03-01,1,1204\n2026-03-01,,980\n2026-03-02,1,\n2026-03-02,2,5\n"


def test_lives_are_proposed(world: World) -> None:
    """From the certificate's days; quality is measured, and so proposed to nobody."""
    dataset = given.valuable(world, dataset=approved_dataset(world, table=HOLES))
    basis = basis_of(dataset.pk, purpose="trade", by=world.actor("officer"))
    values = suggested(basis)["cost"]
    assert "quality_coefficient" not in values
    assert values["total_life_years"] == Decimal("3.00")
    assert values["remaining_life_years"] in (Decimal("2.99"), Decimal("3.00"))
    assert "PR-" in values["remaining_life_years_source"]


def test_what_is_proposed_can_be_sent(world: World, page_of: PageClients) -> None:
    """An officer adds costs and their sources alone."""
    dataset = given.valuable(world)
    client = page_of("officer")
    address = reverse("appraisal_draft", args=[dataset.pk])
    [shown] = client.get(address).context["guide"].approaches
    sent = {
        **{f"cost-{name}": value for name, value in shown.initial.items()},
        "purpose": "trade",
        "cost-cost_basis": "replacement",
        "cost-direct": "1000",
        "cost-direct_source": "Voucher 7",
    }
    answer = client.post(address, sent)
    assert answer.status_code == 302, answer.context["guide"].to_do
    appraisal = Appraisal.objects.get()
    assert answer.headers["Location"] == reverse("appraisal_detail", args=[appraisal.pk])
    assert 0 < appraisal.amount <= 1000


def test_what_is_wrong_is_told_at_its_field(world: World, page_of: PageClients) -> None:
    """With 422, what was typed, and nothing kept."""
    dataset = given.valuable(world)
    address = reverse("appraisal_draft", args=[dataset.pk])
    answer = page_of("officer").post(
        address,
        FORM | given.form(direct="-5", tax_source="", remaining_life_years="9"),
    )
    assert answer.status_code == 422
    [form] = answer.context["guide"].approaches
    assert "without the sign" in form.errors["direct"][0]
    assert "-5" in answer.content.decode()
    corrected = page_of("officer").post(
        address, FORM | given.form(tax_source="", remaining_life_years="2")
    )
    [form] = corrected.context["guide"].approaches
    assert list(form.errors) == ["tax_source"]
    assert not Appraisal.objects.exists()


def test_a_form_of_nothing_says_what_is_missing(world: World, page_of: PageClients) -> None:
    """Costs are named by the first of them."""
    dataset = given.valuable(world)
    address = reverse("appraisal_draft", args=[dataset.pk])
    sent = FORM | given.form(**dict.fromkeys(given.COSTS, ""))
    answer = page_of("officer").post(address, sent)
    assert answer.status_code == 422
    [form] = answer.context["guide"].approaches
    assert "at least one cost" in form.errors["direct"][0]


def test_a_revision_begins_with_what_was_given(world: World, page_of: PageClients) -> None:
    """Every amount and source, as they were typed."""
    appraisal = given.drafted(world)
    shown = page_of("officer").get(reverse("appraisal_revise", args=[appraisal.pk]))
    guide = shown.context["guide"]
    values = guide.approaches[0].initial
    assert values["direct"] == "185000.5"
    assert values["direct_source"] == "Voucher of direct"
    assert "quality_coefficient" not in values
    assert guide.head.initial["purpose"] == "trade"


def test_inputs_survive_the_form(world: World) -> None:
    """What a revision shows and sends back computes the same."""
    appraisal = given.drafted(world)
    values = CostForm.values_of(appraisal.approaches.get())
    form = CostForm({f"cost-{name}": value for name, value in values.items()})
    assert form.is_valid(), form.errors
    assert given.revised(world, appraisal).result_digest == appraisal.result_digest
    sent = form.inputs()
    assert sent["components"] == {name: Decimal(cost) for name, cost in given.COSTS.items()}
    assert sent["sources"] == given.inputs()["sources"]


def test_a_valuation_shows_its_way_its_chart_and_its_warnings(
    world: World, page_of: PageClients
) -> None:
    """And that it is a reference value."""
    appraisal = given.drafted(world, cost_basis="historic")
    shown = page_of("officer").get(reverse("appraisal_detail", args=[appraisal.pk]))
    text = shown.content.decode()
    assert "208,333.75 CNY" in text
    assert "Replacement cost · Value adjustment" in text
    assert "Voucher of opportunity" in text
    assert "The costs are historic" in text
    assert "reference value" in text
    assert 'role="img"' in text


def test_computing_anew_shows_the_same_cents(world: World, page_of: PageClients) -> None:
    """Or names what differs."""
    appraisal = given.drafted(world)
    address = reverse("appraisal_replay", args=[appraisal.pk])
    client = page_of("officer")
    assert f"Reproduced to the cent: {given.VALUE}" in client.get(address).content.decode()
    Appraisal.objects.filter(pk=appraisal.pk).update(result={**appraisal.result, "amount": "1.00"})
    assert "Not reproduced" in client.get(address).content.decode()


def test_a_chart_draws_lines_of_any_form(world: World, page_of: PageClients) -> None:
    """Cost lines with a price index come through the API, and are shown too."""
    lines = [
        {"kind": "direct", "period": "2024", "amount": "1000", "voucher": "V-1"},
        {"kind": "tax", "period": "2025", "amount": "100", "voucher": "V-2"},
    ]
    index = {"2024": "100", "2025": "102", "2026": "105"}
    figures = ("price_index.2024", "price_index.2025", "price_index.2026")
    appraisal = given.drafted(
        world,
        components=None,
        cost_basis=None,
        cost_lines=lines,
        price_index=index,
        valuation_period="2026",
        sources={**dict.fromkeys(given.LIFE, "Profile"), **dict.fromkeys(figures, "Bureau")},
    )
    shown = page_of("officer").get(reverse("appraisal_detail", args=[appraisal.pk]))
    assert shown.status_code == 200
    assert 'role="img"' in shown.content.decode()
    revise = page_of("officer").get(reverse("appraisal_revise", args=[appraisal.pk]))
    assert "through the API" in revise.content.decode()


def test_a_reviewer_reads_everything_on_one_page(world: World, page_of: PageClients) -> None:
    """The way, the sources, the replay, the checklist, the history."""
    appraisal = given.submitted(world)
    shown = page_of("reviewer").get(reverse("appraisal_review", args=[appraisal.pk]))
    text = shown.content.decode()
    for part in ("Voucher of direct", "Reproduced to the cent", "Each input has a source"):
        assert part in text
    assert "Valuation submitted" in text
    unticked = page_of("reviewer").post(
        reverse("appraisal_approve", args=[appraisal.pk]), {"checklist": ["inputs-sourced"]}
    )
    assert unticked.status_code == 422


def test_api_answers_the_code_of_the_rule(world: World, api_of: ApiClients) -> None:
    """The library's own, with the field."""
    dataset = given.valuable(world)
    answer = api_of("officer").post(
        reverse("api_draft_appraisal", args=[dataset.pk]),
        {"purpose": "trade", "inputs": given.inputs(total_life_years="0")},
        format="json",
    )
    assert answer.status_code == 422
    assert answer.json()["code"] == "life-not-positive"
    assert list(answer.json()["errors"]) == ["total_life_years"]


def test_list_asks_little(
    world: World, page_of: PageClients, django_assert_max_num_queries: object
) -> None:
    """Whatever the number of valuations; three choices are counted."""
    given.in_force(world)
    client = page_of("officer")
    with django_assert_max_num_queries(10):  # type: ignore[operator]
        assert client.get(reverse("appraisal_list")).status_code == 200
