"""The guided appraisal: approaches chosen, a figure while typing, several made one."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.urls import reverse

from marketplace.appraisal.appraisal.approach_forms import IncomeForm
from marketplace.appraisal.appraisal.computing import GivenApproach
from marketplace.appraisal.appraisal.models import Appraisal, Approach
from marketplace.appraisal.appraisal.selectors import replay
from marketplace.appraisal.appraisal.services import draft_appraisal
from marketplace.core.errors import Invalid
from tests.appraisal.doors import FORM
from tests.conftest import PageClients
from tests.given import appraisal as given
from tests.given.state import changed_tables, kept_rows
from tests.given.world import World

INCOME = {
    "income-income_rights": "operate",
    "income-income": "60000\n52000\n40000",
    "income-income_source": "Licences of the last year",
    "income-rf": "2.35",
    "income-rf_source": "Bond of three years",
    "income-circulation": "6",
    "income-circulation_source": "Judgement of the appraiser",
    "income-convention": "end",
    "income-flow_basis": "post_tax",
    "income-rate_basis": "post_tax",
    "income-legal_term": "2.5",
    "income-legal_term_source": "Certificate",
}


def income_form(**changes: str) -> dict[str, object]:
    """Return the page's fields for the income approach alone."""
    typed = {f"income-{name}": value for name, value in changes.items()}
    return {"purpose": "trade", "approach": "income", **INCOME, **typed}


def test_income_is_valued_and_revised(world: World, page_of: PageClients) -> None:
    """By percent and one number a line; the right ends it."""
    dataset = given.valuable(world)
    client = page_of("officer")
    answer = client.post(reverse("appraisal_draft", args=[dataset.pk]), income_form())
    assert answer.status_code == 302, answer.context["guide"].to_do
    approach = Approach.objects.get()
    expected = (
        Decimal(60000) / Decimal("1.0835")
        + Decimal(52000) / Decimal("1.0835") ** 2
        + Decimal(20000) / Decimal("1.0835") ** 3
    )
    assert abs(approach.amount - expected) < Decimal("0.01")
    assert approach.inputs["right_held"] == ["hold", "use", "operate"]
    assert replay(Appraisal.objects.get()).same
    shown = client.get(reverse("appraisal_detail", args=[approach.appraisal_id])).content.decode()
    assert "is left out" in shown
    assert "Present value" in shown
    revise = client.get(reverse("appraisal_revise", args=[approach.appraisal_id]))
    [form] = revise.context["guide"].approaches
    assert isinstance(form, IncomeForm)
    values = {f"income-{name}": value for name, value in form.initial.items() if value is not None}
    before = kept_rows()
    again = client.post(
        reverse("appraisal_revise", args=[approach.appraisal_id]),
        {"purpose": "trade", "approach": "income", **values},
    )
    assert again.status_code == 302, again.context["guide"].to_do
    assert changed_tables(before) == []


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"income": "60000\nmuch"}, "income", "“much” is no number"),
        ({"income": "60,000"}, "income", "without separators of thousands"),
        ({"income": "-5"}, "income", "Give 0 or more"),
        ({"income_source": ""}, "income_source", "Say where"),
        ({"rf": ""}, "rf", "required"),
        ({"legal_term": "9"}, "legal_term", "The right ends in"),
        ({"legal_term": "0"}, "legal_term", "more than 0 years"),
        ({"flow_basis": "pre_tax"}, None, "income tax"),
        ({"total_income": "5"}, None, "exclude each other"),
    ],
)
def test_what_is_wrong_with_income_is_told(
    world: World,
    page_of: PageClients,
    changes: dict[str, str],
    field: str | None,
    sentence: str,
) -> None:
    """At its field, in words; and nothing is kept."""
    dataset = given.valuable(world)
    before = kept_rows()
    answer = page_of("officer").post(
        reverse("appraisal_draft", args=[dataset.pk]), income_form(**changes)
    )
    assert answer.status_code == 422
    guide = answer.context["guide"]
    if field:
        assert sentence in guide.approaches[0].errors[field][0]
    assert any(sentence in told for told in guide.to_do), guide.to_do
    assert changed_tables(before) == []


def test_income_beyond_the_right_is_refused(world: World) -> None:
    """Whoever may only use the data counts no income from its sale."""
    dataset = given.valuable(world, rights=frozenset({"use"}))
    inputs = {
        "income": ["60000"],
        "discount_rate": "0.1",
        "sources": {"income": "Licences", "discount_rate": "Judgement"},
    }
    officer = world.actor("officer")

    def draft(right: object) -> Appraisal:
        return draft_appraisal(
            dataset.pk,
            approaches=[GivenApproach("income", {**inputs, "income_rights": right})],
            purpose="management",
            by=officer,
        )

    with pytest.raises(Invalid) as refused:
        draft("operate")
    assert refused.value.code == "income-beyond-right"
    with pytest.raises(Invalid) as refused:
        draft("")
    assert refused.value.code == "income-right-missing"
    # What the caller says to hold counts for nothing.
    with pytest.raises(Invalid) as refused:
        draft_appraisal(
            dataset.pk,
            approaches=[
                GivenApproach(
                    "income", {**inputs, "income_rights": "operate", "right_held": ["operate"]}
                )
            ],
            purpose="management",
            by=officer,
        )
    assert refused.value.code == "income-beyond-right"
    assert draft("use").amount > 0


def test_the_figure_is_shown_while_typing(world: World, page_of: PageClients) -> None:
    """As a piece for htmx, as a page without; nothing is kept."""
    dataset = given.valuable(world)
    address, client = reverse("appraisal_draft", args=[dataset.pk]), page_of("officer")
    before = kept_rows()
    piece = client.post(address, FORM | {"preview": "1"}, headers={"HX-Request": "true"})
    assert piece.status_code == 200
    text = piece.content.decode()
    assert text.lstrip().startswith("<section")
    assert 'id="figure"' in text
    assert "212,500" in text
    page = client.post(address, FORM | {"preview": "1"})
    assert (page.status_code, page.headers["Content-Type"][:9]) == (200, "text/html")
    assert "212,500" in page.content.decode()
    unfinished = client.post(
        address, {"approach": "cost", "preview": "1"}, headers={"HX-Request": "true"}
    )
    assert unfinished.status_code == 200
    assert "Still to do" in unfinished.content.decode()
    assert changed_tables(before) == []


def test_approaches_are_chosen_by_address(world: World, page_of: PageClients) -> None:
    """Without JavaScript; the cost approach stands where none is chosen."""
    dataset = given.valuable(world)
    address, client = reverse("appraisal_draft", args=[dataset.pk]), page_of("officer")

    def methods(query: str) -> list[str]:
        return [form.method for form in client.get(address + query).context["guide"].approaches]

    assert methods("") == ["cost"]
    assert methods("?approach=luck") == ["cost"]
    assert methods("?approach=income&approach=cost") == ["cost", "income"]
    assert "How much it counts" not in client.get(address).content.decode()
    text = client.get(address + "?approach=income&approach=cost").content.decode()
    assert text.count("How much it counts") == 2


def test_another_approach_is_shown_beside_what_was_typed(
    world: World, page_of: PageClients
) -> None:
    """Nothing is lost by ticking it, nothing is wrong with it yet, and nothing is kept."""
    dataset = given.valuable(world)
    address = reverse("appraisal_draft", args=[dataset.pk])
    typed = income_form() | {"approach": ["cost", "income"], "show": "1", "purpose": "management"}
    answer = page_of("officer").post(address, typed)
    assert answer.status_code == 200
    guide = answer.context["guide"]
    cost, income = guide.approaches
    assert (cost.method, income.method) == ("cost", "income")
    assert {name: income[name].value() for name in ("convention", "legal_term")} == {
        "convention": "end", "legal_term": "2.5",
    }  # fmt: skip
    assert cost["remaining_life_years"].value(), "what the centre knows is proposed"
    assert guide.head["purpose"].value() == "management"
    assert not any(form.errors for form in guide.forms)
    assert not Appraisal.objects.exists()
