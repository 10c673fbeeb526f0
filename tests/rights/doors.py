"""The acts of rights and their doors."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.given import rights as given
from tests.given.catalog import approved_dataset, submitted_dataset
from tests.given.doors import DoorCase, Send, Things
from tests.given.world import World
from tests.rights.reached import (
    cancelled_certificate,
    cancelled_claim,
    certified_claim,
    decided_objection,
    extended_claim,
    late_objection,
    objection,
    overdue_claim,
)

REASON = {"reason": "The record does not fit."}
CHECKLIST = {"checklist": list(given.RIGHT_CHECKLIST)}
CLAIMED: dict[str, Any] = {"rights": ["hold", "use", "operate"], "term_years": 3}


def to(route: str, data: dict[str, Any] | None = None) -> Callable[[Things], Send]:
    """Answer a sender to a route whose arguments are the things."""
    return lambda things: Send(reverse(route, kwargs=things), dict(data or {}))


def a(make: Callable[[World], Any]) -> Callable[[World], Things]:
    """Answer a state whose one thing is what the builder makes."""
    return lambda world: {"pk": make(world).pk}


def file_to(route: str) -> Callable[[Things], Send]:
    """Answer a sender of a file."""

    def send(things: Things) -> Send:
        file = SimpleUploadedFile("record.txt", b"Calibration record", "text/plain")
        data = {"kind": "other", "title": "Calibration", "upload": file}
        return Send(reverse(route, kwargs=things), data)

    return send


CASES = [
    DoorCase(
        act="rights.services.claims.drafting.draft_claim",
        given=a(approved_dataset),
        actor="officer",
        page=to("claim_draft", CLAIMED),
        api=to("api_draft_claim", CLAIMED),
        fact="rights.claim_drafted",
        not_allowed="reviewer",
        not_visible="stranger",
        wrong_state=a(submitted_dataset),
    ),
    DoorCase(
        act="rights.services.claims.drafting.attach_evidence",
        given=a(given.drafted_claim),
        actor="officer",
        page=file_to("claim_attach"),
        api=file_to("api_attach_evidence"),
        api_format="multipart",
        fact="rights.evidence_attached",
        not_allowed="reviewer",
        not_visible="stranger",
        wrong_state=a(given.submitted_claim),
        again="already",
    ),
    DoorCase(
        act="rights.services.claims.drafting.submit_claim",
        given=a(given.complete_claim),
        actor="officer",
        page=to("claim_submit"),
        api=to("api_submit_claim"),
        fact="rights.claim_submitted",
        not_allowed="reviewer",
        not_visible="stranger",
        wrong_state=a(given.accepted_claim),
    ),
    DoorCase(
        act="rights.services.claims.drafting.withdraw_claim",
        given=a(given.reviewed_claim),
        actor="officer",
        page=to("claim_withdraw"),
        api=to("api_withdraw_claim"),
        fact="rights.claim_withdrawn",
        not_allowed="reviewer",
        not_visible="stranger",
        wrong_state=a(certified_claim),
    ),
    DoorCase(
        act="rights.services.claims.accepting.accept_claim",
        given=a(given.submitted_claim),
        actor="reviewer",
        page=to("claim_accept"),
        api=to("api_accept_claim"),
        fact="rights.claim_accepted",
        not_allowed="officer",
        not_visible="stranger",
        wrong_state=a(given.drafted_claim),
    ),
    DoorCase(
        act="rights.services.claims.accepting.ask_supplement",
        given=a(given.submitted_claim),
        actor="reviewer",
        page=to("claim_ask_supplement", {"missing": "The record\nA seal"}),
        api=to("api_ask_supplement", {"missing": ["The record", "A seal"]}),
        fact="rights.supplement_asked",
        not_allowed="officer",
        not_visible="stranger",
        wrong_state=a(given.accepted_claim),
    ),
    DoorCase(
        act="rights.services.claims.examining.start_review",
        given=a(given.accepted_claim),
        actor="reviewer",
        page=to("claim_start_review"),
        api=to("api_start_review"),
        fact="rights.review_started",
        not_allowed="officer",
        not_visible="stranger",
        wrong_state=a(given.submitted_claim),
    ),
    DoorCase(
        act="rights.services.claims.examining.extend_decision",
        given=a(given.reviewed_claim),
        actor="reviewer",
        page=to("claim_extend", REASON),
        api=to("api_extend_decision", REASON),
        fact="rights.decision_extended",
        not_allowed="officer",
        not_visible="stranger",
        wrong_state=a(extended_claim),
    ),
    DoorCase(
        act="rights.services.claims.examining.terminate_claim",
        given=a(overdue_claim),
        actor="reviewer",
        page=to("claim_terminate", REASON),
        api=to("api_terminate_claim", REASON),
        fact="rights.claim_terminated",
        not_allowed="officer",
        not_visible="stranger",
        wrong_state=a(given.claim_to_supplement),
    ),
    DoorCase(
        act="rights.services.claims.examining.refuse_claim",
        given=a(given.reviewed_claim),
        actor="reviewer",
        page=to("claim_refuse", REASON),
        api=to("api_refuse_claim", REASON),
        fact="rights.claim_refused",
        not_allowed="officer",
        not_visible="stranger",
        wrong_state=a(given.accepted_claim),
    ),
    DoorCase(
        act="rights.services.claims.publishing.open_notice",
        given=a(given.reviewed_claim),
        actor="reviewer",
        page=to("claim_open_notice"),
        api=to("api_open_notice"),
        fact="rights.notice_opened",
        not_allowed="officer",
        not_visible="stranger",
        wrong_state=a(given.waived_claim),
    ),
    DoorCase(
        act="rights.services.claims.publishing.waive_notice",
        given=a(given.reviewed_claim),
        actor="reviewer",
        page=to("claim_waive_notice", REASON),
        api=to("api_waive_notice", REASON),
        fact="rights.notice_waived",
        not_allowed="officer",
        not_visible="stranger",
        wrong_state=a(given.published_claim),
        again="already",
    ),
    DoorCase(
        act="rights.services.claims.confirming.confirm_claim",
        given=a(given.waived_claim),
        actor="second_reviewer",
        page=to("claim_confirm", CHECKLIST),
        api=to("api_confirm_claim", CHECKLIST),
        fact="rights.certificate_issued",
        not_allowed="officer",
        not_visible="stranger",
        wrong_state=a(given.published_claim),
    ),
    DoorCase(
        act="rights.services.objections.object_to_claim",
        given=a(given.published_claim),
        actor="stranger",
        page=to("claim_object", {"text": "We counted line 2."}),
        api=to("api_object_to_claim", {"text": "We counted line 2."}),
        fact="rights.objection_raised",
        not_allowed="officer",
        wrong_state=a(cancelled_claim),
        again="already",
    ),
    DoorCase(
        act="rights.services.objections.decide_objection",
        given=a(objection),
        actor="reviewer",
        page=to("objection_decide", {"outcome": "rejected", **REASON}),
        api=to("api_decide_objection", {"is_upheld": False, **REASON}),
        fact="rights.objection_decided",
        not_allowed="stranger",
        not_visible="buyer",
        wrong_state=a(decided_objection),
    ),
    DoorCase(
        act="rights.services.exhibits.attach_exhibit",
        given=a(objection),
        actor="stranger",
        page=file_to("exhibit_attach"),
        api=file_to("api_attach_exhibit"),
        api_format="multipart",
        fact="rights.exhibit_attached",
        not_allowed="reviewer",
        not_visible="buyer",
        wrong_state=a(decided_objection),
        again="already",
    ),
    DoorCase(
        act="rights.services.objections.refer_objection",
        given=a(late_objection),
        actor="reviewer",
        page=to("objection_refer", REASON),
        api=to("api_refer_objection", REASON),
        fact="rights.objection_referred",
        not_allowed="stranger",
        not_visible="buyer",
        wrong_state=a(objection),
    ),
    DoorCase(
        act="rights.services.certificates.freeze_certificate",
        given=a(given.certified),
        actor="reviewer",
        page=to("certificate_freeze", REASON),
        api=to("api_freeze_certificate", REASON),
        fact="rights.certificate_frozen",
        not_allowed="officer",
        not_visible="stranger",
        wrong_state=a(cancelled_certificate),
        again="already",
    ),
    DoorCase(
        act="rights.services.certificates.unfreeze_certificate",
        given=a(given.frozen_certificate),
        actor="reviewer",
        page=to("certificate_unfreeze"),
        api=to("api_unfreeze_certificate"),
        fact="rights.certificate_unfrozen",
        not_allowed="officer",
        not_visible="stranger",
        wrong_state=a(cancelled_certificate),
        again="already",
    ),
    DoorCase(
        act="rights.services.certificates.cancel_certificate",
        given=a(given.certified),
        actor="officer",
        page=to("certificate_cancel", REASON),
        api=to("api_cancel_certificate", REASON),
        fact="rights.certificate_cancelled",
        not_allowed="finance",
        not_visible="stranger",
        wrong_state=a(cancelled_certificate),
    ),
]
