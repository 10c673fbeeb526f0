"""What the acts of the register on a claim refuse, by right and state."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.errors import NotAllowed, WrongState
from marketplace.core.terms import has_passed, last_day_shown, running_term
from marketplace.core.workdays import Term
from marketplace.review.models import CaseKind
from marketplace.review.policies import may_decide
from marketplace.review.selectors import open_case_of
from marketplace.rights import policies
from marketplace.rights.clocks import clocks
from marketplace.rights.coverage import present_scope
from marketplace.rights.gatekeeping import check_content_approved
from marketplace.rights.models import Claim
from marketplace.rights.profile import profile
from marketplace.rights.rules.basis import check_basis
from marketplace.rights.states import CLAIM, ClaimState


def accepted_by_silence(claim: Claim) -> date | None:
    """Return the day on which silence was acceptance; None where nobody can say so yet."""
    reply = running_term(claim, "reply_due_on")
    if reply is None:
        return None
    silence = clocks(claim.procedure).accepted_by_silence(reply)
    has_come = not silence.is_provisional and clock.today() >= silence.last_day
    return silence.last_day if has_come else None


def check_examines(claim: Claim, by: Actor) -> None:
    """Refuse who does not examine a claim.

    Raises:
        NotAllowed: the actor is no reviewer of the centre, or of a party.
    """
    if not policies.may_examine(by, claim):
        raise NotAllowed(_("Only a reviewer of the centre can do this."))


def check_accept_claim(claim: Claim, by: Actor) -> None:
    """Refuse to take a claim on.

    Raises:
        NotAllowed: the actor is no reviewer of the centre; or it is the centre's software, and
            there is time left to reply.
        WrongState: the claim does not wait for a reply.
    """
    if not by.is_system:
        check_examines(claim, by)
    CLAIM.check(claim, ClaimState.ACCEPTED)
    if by.is_system and accepted_by_silence(claim) is None:
        raise NotAllowed(_("The time to reply to this claim is not over."))


def check_ask_supplement(claim: Claim, by: Actor) -> ClaimState:
    """Return where a claim waits for what is missing.

    Raises:
        NotAllowed: the actor is no reviewer of the centre, or submitted the claim.
        WrongState: the claim is not being examined, was asked to be completed before, or counts as
            accepted because the register did not reply in time.
    """
    check_examines(claim, by)
    if claim.state != ClaimState.SUBMITTED:
        CLAIM.check(claim, ClaimState.SUPPLEMENT_REVIEW)
        _check_second_person(claim, by)
        return ClaimState.SUPPLEMENT_REVIEW
    if accepted_by_silence(claim) is not None:
        raise WrongState(
            _(
                "The time to reply has passed, so this claim counts as accepted. Accept it, and "
                "ask during the review."
            ),
            code="accepted-by-silence",
        )
    if claim.was_asked_to_complete:
        raise WrongState(
            _(
                "The claimant was told once what is missing. Accept the claim, and ask during the "
                "review for what still has to be shown."
            ),
            code="asked-already",
        )
    _check_second_person(claim, by)
    return ClaimState.SUPPLEMENT_ACCEPTANCE


def check_start_review(claim: Claim, by: Actor) -> None:
    """Refuse to take a claim into review.

    Raises:
        NotAllowed: the actor is no reviewer of the centre.
        WrongState: the claim is not accepted, or under review already.
    """
    check_examines(claim, by)
    if claim.state != ClaimState.ACCEPTED:
        raise WrongState(_("Only an accepted claim is taken into review. Reload the page."))


def check_extend_decision(claim: Claim, by: Actor) -> Term:
    """Return the term of the decision, which can be extended once.

    Raises:
        NotAllowed: the actor is no reviewer of the centre.
        WrongState: the decision's term does not run, or was extended already.
    """
    check_examines(claim, by)
    if claim.state not in (ClaimState.ACCEPTED, ClaimState.UNDER_REVIEW):
        raise WrongState(_("The term of the decision does not run now."))
    decision = running_term(claim, "decision_due_on")
    if claim.was_extended or decision is None:
        raise WrongState(
            _("The term was extended already. Decide by its end."), code="extended-already"
        )
    return decision


def check_refuse_claim(claim: Claim, by: Actor) -> None:
    """Refuse to refuse a claim.

    Raises:
        NotAllowed: the actor is no reviewer of the centre, or submitted the claim.
        WrongState: the claim is not under review.
    """
    check_examines(claim, by)
    if claim.state == ClaimState.OBJECTION:
        raise WrongState(_("An objection is open: decide it, and the claim follows from that."))
    CLAIM.check(claim, ClaimState.REFUSED)
    _check_second_person(claim, by)


def check_terminate_claim(claim: Claim, by: Actor) -> None:
    """Refuse to end a claim that was not completed.

    Raises:
        NotAllowed: the actor is no reviewer of the centre.
        WrongState: the claim does not wait for completion, or there is time left.
    """
    check_examines(claim, by)
    CLAIM.check(claim, ClaimState.TERMINATED)
    if claim.supplement_due_on is not None and not has_passed(claim, "supplement_due_on"):
        raise WrongState(
            _("The claimant has time to complete the claim until %(day)s.")
            % {"day": last_day_shown(claim, "supplement_due_on")},
            code="time-left",
        )


def check_open_notice(claim: Claim, by: Actor) -> None:
    """Refuse to publish a claim.

    Raises:
        NotAllowed: the actor is no reviewer of the centre.
        WrongState: the claim is not under review, or its notice was waived.
    """
    check_examines(claim, by)
    if claim.state != ClaimState.UNDER_REVIEW:
        raise WrongState(_("Only a claim under review is published. Reload the page."))
    _refuse_waived(claim)


def check_waive_notice(claim: Claim, by: Actor) -> None:
    """Refuse to let a claim go on without public notice.

    Raises:
        NotAllowed: the actor is no reviewer of the centre.
        WrongState: the claim is not under review, or its notice was waived.
    """
    check_examines(claim, by)
    if claim.state != ClaimState.UNDER_REVIEW:
        raise WrongState(_("The notice can be waived only while the claim is under review."))
    _refuse_waived(claim)


def is_waived(claim: Claim) -> bool:
    """Return whether the notice of a claim under review was waived."""
    return claim.state == ClaimState.UNDER_REVIEW and bool(claim.waive_reason)


def needs_notice(claim: Claim) -> bool:
    """Return whether a claim has to be published before it is confirmed, or its notice waived."""
    return claim.kind in profile(claim.procedure).notice_kinds and not claim.waive_reason


def check_confirm_claim(claim: Claim, by: Actor) -> None:
    """Refuse to deposit and certify the rights of a claim.

    Raises:
        NotAllowed: the actor is no reviewer of the centre, or submitted the claim.
        WrongState: the claim is not under review or in notice, its notice was neither waived nor
            is over, an objection is open, the dataset's content is not approved any more, or it is
            other data than was submitted; or what the claim rests on is in doubt, over or in use.
    """
    check_examines(claim, by)
    _check_after_notice(claim)
    CLAIM.check(claim, ClaimState.DEPOSITED)
    if claim.preceding is None:
        check_content_approved(claim.dataset)
        _check_unchanged(claim)
    check_basis(claim)
    _check_second_person(claim, by)


def _refuse_waived(claim: Claim) -> None:
    if claim.waive_reason:
        raise WrongState(
            _("The notice of this claim was waived. Confirm or refuse it."), code="notice-waived"
        )


def _check_after_notice(claim: Claim) -> None:
    """Refuse while the notice, or an objection in it, holds the claim up."""
    if claim.state == ClaimState.OBJECTION:
        raise WrongState(
            _("An objection is open. Decide it before you confirm the claim."),
            code="objection-open",
        )
    if claim.state == ClaimState.UNDER_REVIEW and needs_notice(claim):
        raise WrongState(
            _("Publish the claim first, or waive the notice with a reason."), code="notice-missing"
        )
    runs = claim.notice_until is not None and not has_passed(claim, "notice_until")
    if claim.state == ClaimState.PUBLIC_NOTICE and runs:
        raise WrongState(
            _("The public notice runs until %(day)s. Confirm the claim after that day.")
            % {"day": last_day_shown(claim, "notice_until")},
            code="notice-runs",
        )


def _check_unchanged(claim: Claim) -> None:
    """Refuse to certify a right over other data than was examined."""
    if present_scope(claim.dataset)[1] != claim.scope_sha256:
        raise WrongState(
            _(
                "The data is not what was claimed: its columns, source or description changed. "
                "Ask the claimant to submit the claim again, or to withdraw it and claim anew."
            ),
            code="data-changed",
        )


def _check_second_person(claim: Claim, by: Actor) -> None:
    """Refuse to decide what the actor submitted, whatever their roles are now."""
    case = open_case_of(CaseKind.RIGHT, f"claim:{claim.pk}")
    if case is not None and not may_decide(by, case):
        raise NotAllowed(_("Only a reviewer who did not submit this can decide on it."))
