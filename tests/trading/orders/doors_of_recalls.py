"""The acts on reports of re-identifications and their doors."""

from __future__ import annotations

from typing import Any

from tests.given import recalls
from tests.given import trading as given
from tests.given.doors import DoorCase, Things, to
from tests.given.world import World
from tests.trading.orders.doors_of_disputes import key_of

SERVICES = "trading.orders.recall.services"
PROPOSAL = {"cause": "composition", "reason": "With the release of May it shows 12 drivers."}


def listed(world: World) -> Things:
    """Return data on the market."""
    listing = given.published(world)
    return {"pk": listing.pk, "report": listing.risk_report_id}


def report(things: Things) -> dict[str, str]:
    """Return a report as it is sent."""
    return {"named": str(things["pk"]), "found": recalls.FOUND, "how": recalls.HOW}


def examined(answer: str | bool) -> dict[str, Any]:
    """Return an outcome as a form or the API takes it."""
    return {"is_proven": answer, "reason": recalls.REASON}


def recalled_here(world: World) -> Things:
    """Return data whose verdict was recalled."""
    listing = given.published(world)
    recalls.proven(world, listing)
    return {"pk": listing.pk, "report": listing.risk_report_id}


CASES = [
    DoorCase(
        act=f"{SERVICES}.report_reidentification",
        given=listed,
        actor="",
        page=to("reidentification_report", report),
        api=to("api_report_reidentification", report),
        fact="trading.reidentification_reported",
        scope="",
        wrong_state=recalled_here,
        again="already",
        only="anybody may report",
    ),
    DoorCase(
        act=f"{SERVICES}.propose_recall",
        given=listed,
        actor="reviewer",
        page=to("recall_propose", lambda things: {"named": str(things["pk"]), **PROPOSAL}),
        api=to("api_propose_recall", PROPOSAL, pk=lambda things: things["report"]),
        fact="trading.recall_proposed",
        scope="administer",
        not_allowed="auditor",
        not_visible="",
        wrong_state=recalled_here,
        again="already",
        only="the page names the data, of which a listing is seen by all",
    ),
    DoorCase(
        act=f"{SERVICES}.examine_reidentification",
        given=key_of(recalls.reported),
        actor="reviewer",
        page=to("reidentification_examine", examined("yes")),
        api=to("api_examine_reidentification", examined(True)),
        fact="trading.reidentification_examined",
        scope="administer",
        not_visible="officer",
        wrong_state=key_of(recalls.decided),
        only="whoever may see a report is a reviewer, and examines it",
    ),
    DoorCase(
        act=f"{SERVICES}.decide_reidentification",
        given=key_of(recalls.examined),
        actor="second_reviewer",
        page=to("reidentification_decide", {"is_confirmed": "yes"}),
        api=to("api_decide_reidentification", {"is_confirmed": True}),
        fact="trading.reidentification_decided",
        scope="administer",
        not_allowed="reviewer",
        not_visible="officer",
        wrong_state=key_of(recalls.reported),
    ),
    DoorCase(
        act="trading.orders.deletion.services.state_deletion",
        given=key_of(recalls.recalled),
        actor="buyer",
        page=to("deletion_state", {"statement": recalls.STATEMENT}),
        api=to("api_state_deletion", {"statement": recalls.STATEMENT}),
        fact="trading.deletion_stated",
        scope="trade",
        not_allowed="officer",
        not_visible="stranger",
        again="already",
    ),
]
