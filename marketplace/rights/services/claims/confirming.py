"""Confirm the rights of a claim: deposit them in the register and certify them."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from marketplace.catalog.models import Dataset
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.errors import WrongState
from marketplace.core.terms import has_passed, last_day_shown
from marketplace.ledger.services.recording import record
from marketplace.review.models import CaseKind
from marketplace.review.services.cases import decide
from marketplace.review.states import CaseState
from marketplace.rights.certifying import certify
from marketplace.rights.choices import ClaimKind
from marketplace.rights.coverage import present_scope
from marketplace.rights.events import ClaimDeposited
from marketplace.rights.following import checked_basis, conclude
from marketplace.rights.gatekeeping import approved_dataset, concerns, examined
from marketplace.rights.models import Certificate, Claim
from marketplace.rights.passing import checked_preceding, pass_on
from marketplace.rights.profile import profile
from marketplace.rights.states import CLAIM, ClaimState


@transaction.atomic
def confirm_claim(claim_id: UUID, *, checklist: Sequence[str], by: Actor) -> Certificate:
    """Deposit the rights and certify them, by a second person.

    A transfer ends the certificate that passes; what is left to its holder is certified anew. A
    change ends the certificate that it alters, a cancellation the one that is given up.

    Raises:
        NotFound: there is no such claim among those the actor may see.
        NotAllowed: the actor is no reviewer of the centre, or submitted the claim.
        WrongState: the claim is not under review or in notice, its notice was neither waived nor
            is over, an objection is open, the dataset's content is not approved any more, or it is
            other data than was submitted; or what the claim rests on is in doubt, over or in use.
        Invalid: not every point of the checklist is ticked.
    """
    claim = examined(claim_id, by=by)
    CLAIM.move(claim, _after_notice(claim))
    is_transfer, basis = claim.kind == ClaimKind.TRANSFER, None
    if claim.preceding is None:
        _check_unchanged(claim, approved_dataset(claim))
    else:
        basis = checked_preceding(claim) if is_transfer else checked_basis(claim)
    decide(
        kind=CaseKind.RIGHT,
        subject=f"claim:{claim.pk}",
        decision=CaseState.APPROVED,
        checklist=checklist,
        about=concerns(claim)[1:],
        by=by,
    )
    claim.deposited_on = clock.today()
    claim.decision_due_on = None
    claim.decision_days_left = None
    record(ClaimDeposited(subject=f"claim:{claim.pk}", about=concerns(claim)), by=by)
    is_over = claim.kind == ClaimKind.CANCEL
    CLAIM.move(claim, ClaimState.CANCELLED if is_over else ClaimState.CERTIFIED)
    claim.save(update_fields=["state", "deposited_on", "decision_due_on", "decision_days_left"])
    if basis is None:
        return certify(claim, by=by)
    return (pass_on if is_transfer else conclude)(*basis, claim, by=by)


def _after_notice(claim: Claim) -> ClaimState:
    """Answer the state that follows, where nothing holds the claim up."""
    if claim.state == ClaimState.OBJECTION:
        raise WrongState(
            _("An objection is open. Decide it before you confirm the claim."),
            code="OBJECTION_OPEN",
        )
    is_published = claim.kind in profile(claim.procedure).notice_kinds
    if claim.state == ClaimState.UNDER_REVIEW and is_published and not claim.waive_reason:
        raise WrongState(
            _("Publish the claim first, or waive the notice with a reason."), code="NOTICE_MISSING"
        )
    runs = claim.notice_until is not None and not has_passed(claim, "notice_until")
    if claim.state == ClaimState.PUBLIC_NOTICE and runs:
        raise WrongState(
            _("The public notice runs until %(day)s. Confirm the claim after that day.")
            % {"day": last_day_shown(claim, "notice_until")},
            code="NOTICE_RUNS",
        )
    return ClaimState.DEPOSITED


def _check_unchanged(claim: Claim, dataset: Dataset) -> None:
    """Refuse to certify a right over other data than was examined."""
    if present_scope(dataset)[1] != claim.scope_sha256:
        raise WrongState(
            _(
                "The data is not what was claimed: its columns, source or description changed. "
                "Ask the claimant to submit the claim again, or to withdraw it and claim anew."
            ),
            code="DATA_CHANGED",
        )
