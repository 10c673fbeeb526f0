"""The acts of accounting and their doors."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from marketplace.accounting.models import CostKind, Recognition
from marketplace.accounting.services import record_cost, record_impairment
from tests.given import accounting as given
from tests.given.catalog import draft_dataset
from tests.given.doors import DoorCase, Things, to
from tests.given.world import World

SENT = {"kind": "processing", "incurred_on": "2026-10-09", "amount": "1200.50", "voucher": "V-1"}

ANSWERS = given.answers()
FORM = {
    "purpose": "own_use",
    "ready_on": "2026-03-01",
    "life_months": "36",
    **dict.fromkeys(ANSWERS, "yes"),
    **{f"{code}_evidence": answer["evidence"] for code, answer in ANSWERS.items()},
}
JSON = {
    "profile": "CAS",
    "purpose": "own_use",
    "origin": "bought",
    "answers": ANSWERS,
    "ready_on": "2026-03-01",
    "life_months": 36,
}
QUESTIONS = "?profile=CAS&origin=bought"
TEST = {"tested_on": "2026-06-30", "recoverable": "500.00", "voucher": "T-1"}
CHECKLIST = {"checklist": list(given.CHECKLIST)}
REASON = {"reason": "The evidence is missing."}


def key_of(reach: Callable[[World], Recognition]) -> Callable[[World], Things]:
    """Return a builder that tells the key of what it reached."""
    return lambda world: {"pk": reach(world).pk}


def costed(world: World) -> Things:
    """Return a dataset with vouchers."""
    return {"pk": given.costed(world).pk}


def waiting(world: World) -> Things:
    """Return a dataset whose booking waits for a second person."""
    return {"pk": given.proposed(world).dataset_id}


def dataset(world: World) -> Things:
    """Return a dataset of the bureau."""
    return {"pk": draft_dataset(world).pk}


def impairment(world: World) -> Things:
    """Return an impairment test of a booked asset."""
    test = record_impairment(
        given.booked(world).pk,
        tested_on=date(2026, 6, 30),
        recoverable=Decimal("500.00"),
        voucher="T-1",
        by=world.actor("finance"),
    )
    return {"pk": test.pk}


def cost(world: World) -> Things:
    """Return a recorded cost."""
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
        act="accounting.services.record_cost",
        given=dataset,
        actor="finance",
        page=to("dataset_costs", SENT),
        api=to("api_record_cost", SENT),
        fact="accounting.cost_recorded",
        scope="trade",
        not_allowed="officer",
        not_visible="stranger",
        again="already",
    ),
    DoorCase(
        act="accounting.services.reverse_cost",
        given=cost,
        actor="finance",
        page=to("cost_reverse"),
        api=to("api_reverse_cost"),
        fact="accounting.cost_reversed",
        scope="trade",
        not_allowed="officer",
        not_visible="stranger",
        again="already",
    ),
    DoorCase(
        act="accounting.services.propose_recognition",
        given=costed,
        actor="finance",
        page=to("recognition_propose", FORM, query=QUESTIONS),
        api=to("api_propose_recognition", JSON),
        fact="accounting.recognition_proposed",
        scope="trade",
        not_allowed="officer",
        not_visible="stranger",
        wrong_state=waiting,
    ),
    DoorCase(
        act="accounting.services.withdraw_recognition",
        given=key_of(given.booked),
        actor="finance",
        page=to("recognition_withdraw", REASON),
        api=to("api_withdraw_recognition", REASON),
        fact="accounting.recognition_withdrawn",
        scope="trade",
        not_allowed="reviewer",
        not_visible="stranger",
        wrong_state=key_of(given.returned),
    ),
    DoorCase(
        act="accounting.services.approve_recognition",
        given=key_of(given.proposed),
        actor="reviewer",
        page=to("recognition_approve", CHECKLIST),
        api=to("api_approve_recognition", CHECKLIST),
        fact="accounting.recognition_approved",
        scope="administer",
        not_allowed="finance",
        not_visible="stranger",
        wrong_state=key_of(given.withdrawn),
    ),
    DoorCase(
        act="accounting.services.return_recognition",
        given=key_of(given.proposed),
        actor="reviewer",
        page=to("recognition_return", REASON),
        api=to("api_return_recognition", REASON),
        fact="accounting.recognition_returned",
        scope="administer",
        not_allowed="finance",
        not_visible="stranger",
        wrong_state=key_of(given.booked),
    ),
    DoorCase(
        act="accounting.services.record_impairment",
        given=key_of(given.booked),
        actor="finance",
        page=to("impairment_record", TEST),
        api=to("api_record_impairment", TEST),
        fact="accounting.impairment_recorded",
        scope="trade",
        not_allowed="officer",
        not_visible="stranger",
        wrong_state=key_of(given.proposed),
        again="already",
    ),
]
