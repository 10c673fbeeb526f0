"""The acts of accounting and their doors."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.urls import reverse

from marketplace.accounting.models import CostKind
from marketplace.accounting.services.costs import record_cost
from tests.given.catalog import draft_dataset
from tests.given.doors import DoorCase, Send, Things
from tests.given.world import World

SENT = {"kind": "processing", "incurred_on": "2026-10-09", "amount": "1200.50", "voucher": "V-1"}


def dataset(world: World) -> Things:
    """Answer a dataset of the bureau."""
    return {"pk": draft_dataset(world).pk}


def cost(world: World) -> Things:
    """Answer a recorded cost."""
    entry = record_cost(
        draft_dataset(world).pk,
        kind=CostKind.PROCESSING,
        incurred_on=date(2026, 10, 9),
        amount=Decimal("1200.50"),
        voucher="V-1",
        by=world.actor("finance"),
    )
    return {"pk": entry.pk}


CASES = [
    DoorCase(
        act="accounting.services.costs.record_cost",
        given=dataset,
        actor="finance",
        page=lambda things: Send(reverse("dataset_costs", kwargs=things), SENT),
        api=lambda things: Send(reverse("api_record_cost", kwargs=things), SENT),
        fact="accounting.cost_recorded",
        not_allowed="officer",
        not_visible="stranger",
        again="already",
    ),
    DoorCase(
        act="accounting.services.costs.reverse_cost",
        given=cost,
        actor="finance",
        page=lambda things: Send(reverse("cost_reverse", kwargs=things)),
        api=lambda things: Send(reverse("api_reverse_cost", kwargs=things)),
        fact="accounting.cost_reversed",
        not_allowed="officer",
        not_visible="stranger",
        again="already",
    ),
]
