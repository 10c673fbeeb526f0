"""What labels cost flows into the valuation by cost of the set that was made of them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from marketplace.appraisal.appraisal.computing import GivenApproach
from marketplace.appraisal.appraisal.models import Purpose
from marketplace.appraisal.appraisal.presentation import beside_the_books
from marketplace.appraisal.appraisal.services import draft_appraisal, withdraw_appraisal
from marketplace.appraisal.known_cost.models import KnownCost
from marketplace.appraisal.known_cost.selectors import known_direct
from marketplace.appraisal.known_cost.services import note_cost
from marketplace.core.errors import NotAllowed
from marketplace.pipeline.due import CLOCKWORK
from tests.conftest import PageClients
from tests.given import annotation as given
from tests.given.appraisal import inputs, valuable
from tests.given.pipeline import catch_up
from tests.given.world import World


def test_what_labels_cost_is_known_of_the_set(world: World) -> None:
    """By the books, with the set that proves it; the same fact again changes nothing."""
    made = given.made(world)
    catch_up()
    known = KnownCost.objects.get(dataset_id=made.version.dataset_id)
    assert (known.amount, known.units) == (made.cost, made.items)
    assert known.amount == Decimal("3.00")
    assert known.reference == f"labelled-set:{made.pk}"
    again = note_cost(
        made.version.dataset_id,
        reference=known.reference,
        units=made.items,
        amount=Decimal("9.00"),
        currency="CNY",
        by=CLOCKWORK,
    )
    assert again == known
    assert KnownCost.objects.count() == 1


def test_a_valuation_begins_with_it_and_one_that_counts_less_says_so(
    world: World, page_of: PageClients
) -> None:
    """On the form with its source, and on the page of the valuation, for its reviewer too."""
    dataset = valuable(world)
    said: dict[str, Any] = {"reference": "labelled-set:1", "units": 600, "currency": "CNY"}
    with pytest.raises(NotAllowed):
        note_cost(dataset.pk, **said, amount=Decimal("480.00"), by=world.actor("officer"))
    note_cost(dataset.pk, **said, amount=Decimal("480.00"), by=CLOCKWORK)
    found = known_direct(dataset.pk, "CNY")
    assert found is not None
    page = page_of("officer").get(reverse("appraisal_draft", args=[dataset.pk]))
    shown = page.content.decode()
    assert 'value="480.00"' in shown
    assert found.source in shown
    for direct, is_contradicted in (("479.99", True), ("480", False)):
        of_costs = inputs()
        of_costs["components"]["direct"] = direct
        approach = GivenApproach("cost", of_costs)
        drafted = draft_appraisal(
            dataset.pk, approaches=[approach], purpose=Purpose.TRADE, by=world.actor("officer")
        )
        beside = beside_the_books(drafted)
        assert beside is not None
        assert beside.is_contradicted is is_contradicted
        told = page_of("reviewer").get(reverse("appraisal_detail", args=[drafted.pk]))
        assert ("The books know of more" in told.content.decode()) is is_contradicted
        withdraw_appraisal(drafted.pk, reason="Another try.", by=world.actor("officer"))
