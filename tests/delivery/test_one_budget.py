"""All versions, sandboxes and synthetic copies of a dataset share one budget of ε."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from django.conf import settings
from django.db import DatabaseError, transaction
from django.test import override_settings
from django.urls import reverse

from desensitize.privacy.sandbox import Question
from marketplace.catalog.version.models import DatasetVersion
from marketplace.core.actor import Actor, Door
from marketplace.core.errors import Invalid, WrongState
from marketplace.delivery.sandbox.models import Answer
from marketplace.delivery.sandbox.services import ask_question
from marketplace.ledger.models import Entry
from marketplace.preparation.budget.models import BudgetCharge, BudgetUse, DatasetBudget
from marketplace.preparation.budget.selectors import budget_of
from marketplace.preparation.budget.services import charge_budget
from marketplace.trading.listings.budget.promises import budget_left
from marketplace.trading.listings.sandbox.models import Sandbox
from marketplace.trading.orders.termination.services import terminate_contract
from tests.conftest import ApiClients, PageClients
from tests.given import sandboxes as given
from tests.given import trading
from tests.given.pipeline import catch_up
from tests.given.threads import at_once
from tests.given.world import World

SYSTEM = Actor.system(Door.TASK)
HALF = Decimal("0.5")


def copied(version: DatasetVersion, epsilon: str, cause: str = "run:1") -> BudgetCharge:
    """Charge the budget with a synthetic copy."""
    return charge_budget(
        version.pk, epsilon=Decimal(epsilon), use=BudgetUse.SYNTHETIC, cause=cause, by=SYSTEM
    )


def of_dataset(version: DatasetVersion) -> Decimal:
    """Return what is left of the budget of a version's dataset."""
    return budget_of(version.dataset_id).left


def test_a_synthetic_copy_takes_nothing_that_a_buyer_was_promised(world: World) -> None:
    """Nor does a sandbox sell what a copy has spent; versions of one dataset share all."""
    grant = given.granted(world)
    source, sandbox = (
        grant.version.source,
        Sandbox.objects.select_related("listing__revision__version").get(),
    )
    assert of_dataset(source) == 9, "ε 1 is promised to the buyer"
    with pytest.raises(WrongState) as refused:
        copied(source, "9.001")
    assert refused.value.code == "dataset-budget-spent"
    assert "ε 9 " in refused.value.sentence
    assert not BudgetCharge.objects.exists()
    copied(source, "8.5")
    assert budget_left(sandbox) == HALF
    given.answered(world, grant)
    ask_question(grant.pk, question=Question("count", by=("line",)), epsilon=HALF,
                 by=world.actor("buyer"))  # fmt: skip
    state = budget_of(source.dataset_id)
    assert (state.spent, state.promised, state.left) == (Decimal("9.5"), Decimal(0), HALF)
    assert state.uses == {"answer": Decimal(1), "synthetic": Decimal("8.5")}


def test_the_officer_sees_what_is_spent_by_what(
    world: World, page_of: PageClients, api_of: ApiClients
) -> None:
    """By page and program; a buyer of the dataset sees nothing of it."""
    grant = given.granted(world)
    given.answered(world, grant)
    source = grant.version.source
    copied(source, "2")
    address = reverse("api_get_privacy_budget", args=[source.pk])
    found = api_of("officer").get(address).json()
    assert (found["spent"], found["promised"], found["left"]) == ("2.500", "0.500", "7.000")
    assert [(one["use"], one["epsilon"]) for one in found["charges"]] == [
        ("synthetic", "2.000"),
        ("answer", "0.500"),
    ]
    page = reverse("preparation_detail", args=[source.pk])
    text = page_of("officer").get(page).content.decode()
    for words in ("ε 7 of 10 is left", "ε 0.5 is promised", "Answers of sandboxes"):
        assert words in text
    assert api_of("buyer").get(address).status_code == 404


def test_a_copy_that_is_drawn_again_pays_once(world: World) -> None:
    """For the same cause, with the same amounts; an entry tells of each charge."""
    version = trading.drafted(world).revision.version
    first = copied(version, "0.5001")
    assert first.epsilon == Decimal("0.501"), "amounts are rounded up"
    assert copied(version, "0.5001") == first
    with pytest.raises(Invalid, match="Other amounts"):
        copied(version, "0.6")
    for amount in ("0", "-1", "NaN", "Infinity"):
        with pytest.raises(Invalid):
            copied(version, amount, cause="run:2")
    entry = Entry.objects.get(kind="preparation.budget_charged")
    assert (entry.subject, entry.payload["epsilon"]) == (f"dataset:{version.dataset_id}", "0.501")
    for change in ({"epsilon": 0}, {"cause": "run:3"}):
        with pytest.raises(DatabaseError), transaction.atomic():
            BudgetCharge.objects.update(**change)


def test_the_chance_of_a_breach_adds_up_too(world: World) -> None:
    """δ has its own end, whatever ε is left."""
    version = trading.drafted(world).revision.version
    for number in range(2):
        charge_budget(version.pk, epsilon=HALF, delta=Decimal("5e-7"), use=BudgetUse.SYNTHETIC,
                      cause=f"run:{number}", by=SYSTEM)  # fmt: skip
    with pytest.raises(WrongState) as refused:
        charge_budget(version.pk, epsilon=HALF, delta=Decimal("1e-12"), use=BudgetUse.SYNTHETIC,
                      cause="run:3", by=SYSTEM)  # fmt: skip
    assert refused.value.code == "dataset-budget-spent"
    assert copied(version, "0.5", cause="run:4").delta == 0


def test_a_seller_cannot_allow_more_than_the_centre(world: World) -> None:
    with pytest.raises(Invalid) as refused:
        given.declared(world, replace(given.OFFERED, epsilon_all=Decimal("10.001")))
    assert "0.001 to 10" in refused.value.fields["epsilon_all"][0]


def test_a_stricter_default_stops_what_was_promised(world: World) -> None:
    """A contract of before does not go beyond what may be told of people today."""
    grant = given.granted(world)
    with (
        override_settings(CENTRE={**settings.CENTRE, "DATASET_EPSILON": "0.4"}),
        pytest.raises(WrongState) as refused,
    ):
        given.answered(world, grant)
    assert refused.value.code == "budget-of-all-exhausted"
    assert not BudgetCharge.objects.exists()


def test_a_contract_that_ends_before_its_data_frees_its_promise(world: World) -> None:
    order = trading.signed(world, trading.placed(world, given.published(world)))
    assert DatasetBudget.objects.get().promised == 1
    terminate_contract(order.pk, reason="No need.", by=world.actor("buyer"))
    catch_up()
    assert DatasetBudget.objects.get().promised == 0


@pytest.mark.postgres
@pytest.mark.usefixtures("at_once")
def test_copies_and_questions_at_once_never_overspend() -> None:
    """Of six copies of ε 4, while a buyer who was promised ε 1 asks, two fit beside the promise."""
    world = World()
    grant, buyer = given.granted(world), world.actor("buyer")
    source = grant.version.source

    def spend(number: int) -> object:
        if number == 0:
            return ask_question(grant.pk, question=given.COUNT, epsilon=HALF, by=buyer)
        return copied(source, "4", cause=f"run:{number}")

    done = at_once(7, spend)
    assert isinstance(done[0], Answer), done
    refused = [one for one in done if isinstance(one, WrongState)]
    assert [one.code for one in refused] == ["dataset-budget-spent"] * 4, done
    state = budget_of(source.dataset_id)
    assert (state.spent, state.promised) == (Decimal("8.5"), HALF)
