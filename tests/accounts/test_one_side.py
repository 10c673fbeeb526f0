"""Who has accounts with both sides acts for neither: every act that binds one side to the other."""

from __future__ import annotations

import pytest

from marketplace.ledger.models import Entry
from tests.conftest import ApiClients, PageClients
from tests.given.doors import DoorCase, Doors
from tests.given.gathered import CASES
from tests.given.joined import joined
from tests.given.world import World

ORDERS = "trading.orders"
LISTINGS = "trading.listings"
BETWEEN_TWO = {
    *("learning.measurement.services.request_measurement",),
    *("rights.transfer.services.open_transfer", "rights.transfer.services.join_transfer"),
    f"{LISTINGS}.demand.services.answer_demand",
    f"{LISTINGS}.income_share.services.propose_income_share",
    f"{LISTINGS}.income_share.services.answer_income_share",
    *(f"{LISTINGS}.inquiry.services.{act}" for act in ("ask_seller", "answer_inquiry")),
    *(f"{ORDERS}.signature.services.{act}" for act in ("sign_contract", "sign_amendment")),
    *(f"{ORDERS}.negotiation.services.{act}_order" for act in ("place", "counter", "decline")),
    f"{ORDERS}.contract.services.accept_order",
    f"{ORDERS}.objection.services.offer_remedy",
    f"{ORDERS}.dispute.services.open_dispute",
    f"{ORDERS}.amendment.services.propose_amendment",
}
"""What one organization says to another: Civil Code, article 168."""
OF_THEM = [case for case in CASES if case.act in BETWEEN_TWO]


def test_each_has_its_doors() -> None:
    assert {case.act for case in OF_THEM} == BETWEEN_TWO


@pytest.mark.parametrize("case", OF_THEM, ids=str)
def test_nobody_acts_for_both_sides(
    case: DoorCase, world: World, page_of: PageClients, api_of: ApiClients
) -> None:
    """Refused in words of its own at both doors, once a passport has shown that they are one."""
    things = case.given(world)
    joined(world, case.actor)
    doors, recorded = Doors(page_of, api_of), Entry.objects.count()
    answer = doors.send(case, "api", things, case.actor)
    assert (answer.status_code, answer.json()["code"]) == (403, "both-sides")
    page = doors.send(case, "page", things, case.actor)
    assert page.status_code == 403
    assert "a colleague who has none there does it" in page.content.decode()
    assert Entry.objects.count() == recorded
