"""The term of the decision stands still while something is missing, and goes on."""

from marketplace.core import clock
from marketplace.core.terms import keep_term, running_term
from marketplace.rights.claim.models import Claim
from marketplace.rights.procedure.clocks import clocks


def stop_decision_clock(claim: Claim) -> None:
    """Keep the working days that are left of the decision's term; the caller saves."""
    decision = running_term(claim, "decision_due_on")
    if decision is not None:
        claim.decision_days_left = clocks(claim.procedure).days_left(
            clock.today(), decision.last_day
        )
        claim.decision_due_on = None


def resume_decision_clock(claim: Claim) -> None:
    """Let the decision's term run on from today; the caller saves."""
    if claim.decision_days_left is not None:
        resumed = clocks(claim.procedure).resumed(clock.today(), claim.decision_days_left)
        keep_term(claim, "decision_due_on", resumed)
        claim.decision_days_left = None


DECISION_CLOCK = ("decision_due_on", "decision_days_left", "provisional")
"""The fields that stopping and resuming change."""
