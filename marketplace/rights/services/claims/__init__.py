"""The acts on claims, in the order of the procedure."""

from marketplace.rights.services.claims.accepting import accept_claim, ask_supplement
from marketplace.rights.services.claims.confirming import confirm_claim
from marketplace.rights.services.claims.drafting import (
    attach_evidence,
    draft_claim,
    submit_claim,
    withdraw_claim,
)
from marketplace.rights.services.claims.examining import (
    extend_decision,
    refuse_claim,
    start_review,
    terminate_claim,
)
from marketplace.rights.services.claims.following import (
    ask_cancellation,
    ask_change,
    ask_renewal,
)
from marketplace.rights.services.claims.publishing import open_notice, waive_notice
from marketplace.rights.services.claims.transferring import join_transfer, open_transfer

__all__ = [
    "accept_claim",
    "ask_cancellation",
    "ask_change",
    "ask_renewal",
    "ask_supplement",
    "attach_evidence",
    "confirm_claim",
    "draft_claim",
    "extend_decision",
    "join_transfer",
    "open_notice",
    "open_transfer",
    "refuse_claim",
    "start_review",
    "submit_claim",
    "terminate_claim",
    "waive_notice",
    "withdraw_claim",
]
