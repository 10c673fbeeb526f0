"""What the acts of the claimant on a claim refuse, by right and state."""

from __future__ import annotations

from django.utils.translation import gettext as _

from marketplace.catalog.models import Dataset
from marketplace.core.actor import Actor
from marketplace.core.errors import NotAllowed, WrongState
from marketplace.core.terms import has_passed
from marketplace.rights import policies
from marketplace.rights.choices import ClaimKind
from marketplace.rights.gatekeeping import check_content_approved, check_open_to_claims
from marketplace.rights.models import Claim
from marketplace.rights.rules.basis import check_basis
from marketplace.rights.states import CLAIM, COMPLETABLE, ClaimState


def check_claims(dataset: Dataset, by: Actor) -> None:
    """Refuse who does not look after the rights of the owner of data.

    Raises:
        NotAllowed: the actor is no officer of the dataset's organization.
    """
    if not policies.may_claim(by, dataset):
        raise NotAllowed(_("Only a data officer of the owner can claim rights over this data."))


def check_draft_claim(dataset: Dataset, by: Actor) -> None:
    """Refuse to begin a claim on data.

    Raises:
        NotAllowed: the actor is no officer of the dataset's organization.
        WrongState: its content is not approved, or a claim on it is running.
    """
    check_claims(dataset, by)
    check_open_to_claims(dataset)


def check_completes(claim: Claim, by: Actor) -> None:
    """Refuse who does not look after the rights of the claimant.

    Raises:
        NotAllowed: the actor is no officer of the claimant.
    """
    if not policies.may_complete(by, claim):
        raise NotAllowed(_("Only a data officer of the claimant can do this."))


def check_attach_evidence(claim: Claim, by: Actor) -> None:
    """Refuse to add a file to a claim.

    Raises:
        NotAllowed: the actor is no officer of the claimant.
        WrongState: the claim is with the register.
    """
    check_completes(claim, by)
    if claim.state not in COMPLETABLE:
        raise WrongState(
            _("The register is examining this claim. Add evidence when it asks for it."),
            code="not-completable",
        )


def check_submit_claim(claim: Claim, by: Actor) -> ClaimState:
    """Return where a claim goes that is handed to the register; its evidence is not looked at.

    Raises:
        NotAllowed: the actor is no officer of the claimant.
        WrongState: the claim is with the register or ended, the time to complete it has passed, or
            the dataset's content is not approved any more; the acquirer has not joined a transfer,
            or what it passes is in doubt or in use.
    """
    check_completes(claim, by)
    is_completed_in_review = claim.state == ClaimState.SUPPLEMENT_REVIEW
    target = ClaimState.UNDER_REVIEW if is_completed_in_review else ClaimState.SUBMITTED
    CLAIM.check(claim, target)
    is_late = claim.state == ClaimState.SUPPLEMENT_ACCEPTANCE
    if is_late and has_passed(claim, "supplement_due_on"):
        raise WrongState(
            _("The time to complete this claim has passed. Claim anew."), code="completed-too-late"
        )
    if claim.kind == ClaimKind.TRANSFER and claim.joined_by_id is None:
        raise WrongState(
            _("The acquirer has not joined this transfer yet. Both sides ask for it (art. 34)."),
            code="not-joined",
        )
    if claim.preceding is None:
        check_content_approved(claim.dataset)
    check_basis(claim)
    return target


def check_withdraw_claim(claim: Claim, by: Actor) -> None:
    """Refuse to take a claim back.

    Raises:
        NotAllowed: the actor is no officer of the claimant.
        WrongState: the claim is certified or ended.
    """
    check_completes(claim, by)
    CLAIM.check(claim, ClaimState.WITHDRAWN)


def check_joins(claim: Claim, by: Actor) -> None:
    """Refuse who does not acquire what a claim transfers.

    Raises:
        NotAllowed: the actor does not act for the acquirer.
        WrongState: it is no transfer.
    """
    if claim.kind != ClaimKind.TRANSFER:
        raise WrongState(_("This is no transfer, so nobody else has to join."))
    if not policies.may_join(by, claim):
        raise NotAllowed(_("Only the acquirer can join the transfer."))


def check_join_transfer(claim: Claim, by: Actor) -> None:
    """Refuse to join a transfer.

    Raises:
        NotAllowed: the actor does not act for the acquirer.
        WrongState: it is no transfer, it was joined, or it is not in preparation any more.
    """
    check_joins(claim, by)
    if claim.joined_by_id is not None:
        raise WrongState(_("The acquirer has joined this transfer already."))
    if claim.state != ClaimState.DRAFT:
        raise WrongState(_("This transfer is not in preparation any more."))
