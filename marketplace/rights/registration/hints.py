"""What pages say about the acts that are open, in words."""

from django.utils.translation import gettext as _

from marketplace.core import Allowed
from marketplace.core.terms import has_passed
from marketplace.rights.claim.choices import ClaimKind
from marketplace.rights.claim.models import Claim
from marketplace.rights.claim.states import ClaimState
from marketplace.rights.registration.rules import needs_notice


def asked_points(claim: Claim) -> list[str]:
    """Return what the register waits for, while the claimant completes a claim."""
    is_asked = claim.state in (ClaimState.SUPPLEMENT_ACCEPTANCE, ClaimState.SUPPLEMENT_REVIEW)
    return list(claim.missing) if is_asked else []


def waits_for_acquirer(claim: Claim) -> bool:
    """Return whether a transfer is in preparation that the acquirer has not joined."""
    is_unjoined = claim.kind == ClaimKind.TRANSFER and claim.joined_by_id is None
    return is_unjoined and claim.state == ClaimState.DRAFT


def hints_for_reviewer(claim: Claim, acts: Allowed) -> list[str]:
    """Say what is next for the register, and why the act is not open that one would expect."""
    if claim.state == ClaimState.SUBMITTED:
        return [
            _("Reply in time: else the claim counts as accepted on the next working day."),
            *_why(acts, "ask_supplement"),
        ]
    if claim.state == ClaimState.UNDER_REVIEW:
        if needs_notice(claim):
            return [
                _(
                    "Publish the claim, so that others can object. The notice can be waived where "
                    "the claimant asks for that with good reason, which is kept."
                )
            ]
        return _why(acts, "confirm_claim") or [
            _("The notice is waived. Confirm the claim below, or refuse it.")
            if claim.waive_reason
            else _("This needs no public notice. Confirm it below, or refuse it.")
        ]
    if claim.state == ClaimState.PUBLIC_NOTICE:
        if not has_passed(claim, "notice_until"):
            return [_("The notice runs. Confirm the claim when it has ended.")]
        return _why(acts, "confirm_claim") or [
            _("The notice has ended without an open objection. Confirm the claim below.")
        ]
    return [_plain_hint(claim)]


def _plain_hint(claim: Claim) -> str:
    hints = {
        ClaimState.ACCEPTED.value: _(
            "Take the claim into review: is the description accurate, the source lawful, the right "
            "clear?"
        ),
        ClaimState.SUPPLEMENT_REVIEW.value: _(
            "The claimant completes the claim. Once the time for it has passed you can terminate "
            "it."
        ),
        ClaimState.SUPPLEMENT_ACCEPTANCE.value: _(
            "The claimant completes the claim. If nothing comes in time it counts as never made."
        ),
        ClaimState.OBJECTION.value: _("Decide the objections below; the claim follows from that."),
        ClaimState.POST_OBJECTION.value: _(
            "Decide the objections below; the claim follows from that."
        ),
    }
    return hints.get(claim.state, _("There is nothing to decide."))


def _why(acts: Allowed, act: str) -> list[str]:
    why = acts.why.get(act)
    return [why] if why else []
