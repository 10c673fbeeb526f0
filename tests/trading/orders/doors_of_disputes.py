"""The acts on disputes and their doors."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.given import disputes
from tests.given import trading as given
from tests.given.doors import DoorCase, Things, to
from tests.given.world import World

SERVICES = "trading.orders.dispute.services"
DIVIDE = {"refund": "4000.00", "reason": "A third cannot be used."}
TEXT = {"text": "Half of the columns are empty."}


def key_of(reach: Callable[[World], Any]) -> Callable[[World], Things]:
    """Return a builder that tells the key of what it reached."""
    return lambda world: {"pk": reach(world).pk}


def counted(things: Things) -> dict[str, object]:
    """Return a file as it is sent."""
    return {"title": "Counted", "upload": SimpleUploadedFile("counted.txt", b"Half is empty.")}


CASES = [
    DoorCase(
        act=f"{SERVICES}.open_dispute",
        given=key_of(given.delivered),
        actor="buyer",
        page=to("dispute_open", TEXT),
        api=to("api_open_dispute", TEXT),
        fact="trading.dispute_opened",
        scope="trade",
        not_allowed="reviewer",
        not_visible="stranger",
        wrong_state=key_of(given.signed),
        again="already",
    ),
    DoorCase(
        act=f"{SERVICES}.show_exhibit",
        given=key_of(disputes.opened),
        actor="officer",
        page=to("dispute_show", counted),
        api=to("api_show_exhibit", counted),
        fact="trading.dispute_exhibit_shown",
        scope="trade",
        not_allowed="reviewer",
        not_visible="stranger",
        wrong_state=key_of(disputes.decided),
        again="already",
        api_format="multipart",
    ),
    DoorCase(
        act=f"{SERVICES}.withdraw_dispute",
        given=key_of(disputes.opened),
        actor="buyer",
        page=to("dispute_withdraw"),
        api=to("api_withdraw_dispute"),
        fact="trading.dispute_withdrawn",
        scope="trade",
        not_allowed="officer",
        not_visible="stranger",
        wrong_state=key_of(disputes.decided),
    ),
    DoorCase(
        act=f"{SERVICES}.propose_settlement",
        given=key_of(disputes.opened),
        actor="reviewer",
        page=to("dispute_propose", DIVIDE),
        api=to("api_propose_settlement", DIVIDE),
        fact="trading.settlement_proposed",
        scope="trade",
        not_allowed="buyer",
        not_visible="stranger",
        wrong_state=key_of(disputes.withdrawn),
    ),
    DoorCase(
        act=f"{SERVICES}.take_over_mediation",
        given=key_of(disputes.proposed),
        actor="second_reviewer",
        page=to("dispute_take_over", {"reason": "They are away."}),
        api=to("api_take_over_mediation", {"reason": "They are away."}),
        fact="trading.mediation_taken_over",
        scope="administer",
        not_allowed="buyer",
        not_visible="stranger",
        wrong_state=key_of(disputes.opened),
        again="already",
    ),
    DoorCase(
        act=f"{SERVICES}.answer_settlement",
        given=key_of(disputes.proposed),
        actor="officer",
        page=to("dispute_answer", {"is_agreed": "yes"}),
        api=to("api_answer_settlement", {"is_agreed": True}),
        fact="trading.settlement_answered",
        scope="trade",
        not_allowed="reviewer",
        not_visible="stranger",
        wrong_state=key_of(disputes.opened),
        again="already",
    ),
    DoorCase(
        act=f"{SERVICES}.decide_dispute",
        given=key_of(disputes.proposed),
        actor="second_reviewer",
        page=to("dispute_decide", DIVIDE),
        api=to("api_decide_dispute", DIVIDE),
        fact="trading.dispute_decided",
        scope="administer",
        not_allowed="reviewer",
        not_visible="stranger",
        wrong_state=key_of(disputes.settled),
    ),
    DoorCase(
        act=f"{SERVICES}.appeal_dispute",
        given=key_of(disputes.decided),
        actor="officer",
        page=to("dispute_appeal", TEXT),
        api=to("api_appeal_dispute", TEXT),
        fact="trading.dispute_appealed",
        scope="trade",
        not_allowed="reviewer",
        not_visible="stranger",
        wrong_state=key_of(disputes.opened),
    ),
    DoorCase(
        act=f"{SERVICES}.record_ruling",
        given=key_of(disputes.appealed),
        actor="reviewer",
        page=to("dispute_rule", DIVIDE),
        api=to("api_record_ruling", DIVIDE),
        fact="trading.dispute_ended",
        scope="administer",
        not_allowed="buyer",
        not_visible="stranger",
        wrong_state=key_of(disputes.decided),
    ),
]
