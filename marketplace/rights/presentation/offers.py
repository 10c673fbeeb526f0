"""What pages say about the acts that are open, in words."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from marketplace.core.actor import Actor
from marketplace.core.errors import WrongState
from marketplace.core.rules import Allowed
from marketplace.core.terms import has_passed
from marketplace.rights.choices import ClaimKind
from marketplace.rights.models import Certificate, Claim, Remark
from marketplace.rights.rules.acts import acts_on_claim, acts_on_remark
from marketplace.rights.rules.examining import needs_notice
from marketplace.rights.rules.objections import check_open_to_objections
from marketplace.rights.selectors import remarks_of
from marketplace.rights.states import ClaimState, RemarkState


@dataclass(frozen=True)
class ShownRemark:
    """A remark with the acts on it; `is_lifting` where a second reviewer decides on lifting it."""

    remark: Remark
    acts: Allowed
    is_lifting: bool


def shown_remarks(certificate: Certificate, by: Actor) -> list[ShownRemark]:
    """Return the remarks on a certificate, oldest first, with what the reader may do with each."""
    return [
        ShownRemark(remark, acts_on_remark(remark, by), remark.state == RemarkState.LIFTING)
        for remark in remarks_of(certificate)
    ]


def is_open_to_objections(claim: Claim) -> bool:
    """Return whether an objection of somebody would be taken today."""
    try:
        check_open_to_objections(claim)
    except WrongState:
        return False
    return True


def invites_objection(claim: Claim, by: Actor) -> bool:
    """Return whether the reader can object now, or could after signing in."""
    if by.person_id is None:
        return is_open_to_objections(claim)
    return acts_on_claim(claim, by)["object_to_claim"]


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
