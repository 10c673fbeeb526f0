from collections.abc import Mapping
from uuid import UUID

from django.utils.translation import gettext as _

from marketplace.accounts.four_eyes import is_second
from marketplace.core import Actor, Allowed, NotAllowed, Rule, WrongState, allowed
from marketplace.core.terms import has_passed, running_term
from marketplace.rights.claim import policies
from marketplace.rights.claim.models import Claim
from marketplace.rights.claim.states import ClaimState
from marketplace.rights.objection.models import Objection
from marketplace.rights.objection.policies import may_show
from marketplace.rights.objection.selectors import open_objections
from marketplace.rights.objection.states import OBJECTION, UNDECIDED, ObjectionState


def check_objects(claim: Claim, by: Actor) -> tuple[UUID, UUID]:
    """Return the person who objects to a claim, and their organization.

    Raises:
        NotAllowed: the actor is of the claimant, the centre, or no verified organization.
    """
    if by.person_id is None or by.organization_id is None or not policies.may_object(by, claim):
        raise NotAllowed(
            _(
                "Somebody of another verified organization can object. The claimant can withdraw "
                "the claim, and the centre can refuse it."
            )
        )
    return by.person_id, by.organization_id


def open_objection_of(claim: Claim, by: Actor) -> Objection | None:
    """Return the objection of the actor's organization that waits for its decision."""
    if by.organization_id is None:
        return None
    return open_objections(claim).filter(organization_id=by.organization_id).first()


def check_object_to_claim(claim: Claim, by: Actor) -> None:
    """Refuse to object to a claim.

    Raises:
        NotAllowed: the actor is of the claimant, the centre, or no verified organization.
        WrongState: the claim is not published any more, its notice has ended, or the organization
            has objected.
    """
    check_objects(claim, by)
    if open_objection_of(claim, by) is not None:
        raise WrongState(_("Your organization has an open objection to this claim already."))
    check_open_to_objections(claim)


def check_open_to_objections(claim: Claim) -> None:
    """Refuse an objection, of whomever, to a claim that nobody can object to now.

    Raises:
        WrongState: the claim is not published any more, or its notice has ended.
    """
    if claim.state == ClaimState.PUBLIC_NOTICE:
        if running_term(claim, "notice_until") is None or has_passed(claim, "notice_until"):
            raise WrongState(
                _(
                    "The notice of this claim has ended. You can object again once the right is "
                    "certified."
                ),
                code="notice-ended",
            )
    elif claim.state == ClaimState.DISPUTE_EXTERNAL:
        raise WrongState(
            _("This right is in dispute before a court or arbitrator. Join the case there."),
            code="in-dispute",
        )
    elif claim.state not in (
        ClaimState.OBJECTION,
        ClaimState.CERTIFIED,
        ClaimState.POST_OBJECTION,
    ):
        raise WrongState(_("Nobody can object to this claim any more: it has ended."))


def check_note_holder_told(by: Actor) -> None:
    """Refuse to note that a holder was notified.

    Raises:
        NotAllowed: the actor is not the centre's own software.
    """
    if not by.is_system:
        raise NotAllowed(_("The centre's software does this by itself."))


def check_decides(objection: Objection, by: Actor) -> None:
    """Refuse who does not decide an objection.

    Raises:
        NotAllowed: the actor is no reviewer of the centre.
    """
    concerned = (objection.organization_id, *policies.parties_of(objection.claim))
    is_apart = is_second("objection", objection.raised_by_id, by, of=concerned)
    if not (is_apart and policies.may_examine(by, objection.claim)):
        raise NotAllowed(_("Only a reviewer of the centre can decide an objection."))


def check_decide_objection(objection: Objection, by: Actor) -> None:
    """Refuse to decide an objection.

    Raises:
        NotAllowed: the actor is no reviewer of the centre.
        WrongState: it was decided or has lapsed.
    """
    check_decides(objection, by)
    OBJECTION.check(objection, ObjectionState.REJECTED)


def check_refer_objection(objection: Objection, by: Actor) -> None:
    """Refuse to record that an objection is before a court.

    Raises:
        NotAllowed: the actor is no reviewer of the centre.
        WrongState: the right is not certified, or the objection is not under investigation.
    """
    check_decides(objection, by)
    if objection.claim.state == ClaimState.OBJECTION:
        raise WrongState(
            _("The right is not certified yet. Decide the objection: a refused claim can be sued."),
            code="not-certified",
        )
    OBJECTION.check(objection, ObjectionState.REFERRED)


def check_attach_exhibit(objection: Objection, by: Actor) -> UUID:
    """Return the party that adds a file to an objection.

    Raises:
        NotAllowed: the actor acts for neither party.
        WrongState: the objection is decided or has lapsed.
    """
    if by.organization_id is None or not may_show(by, objection):
        raise NotAllowed(_("Only the two parties can add files to an objection."))
    if objection.state not in UNDECIDED:
        raise WrongState(
            _("This objection is decided. What comes now belongs into a new one."),
            code="objection-decided",
        )
    return by.organization_id


ACTS_ON_OBJECTION: Mapping[str, Rule[Objection]] = {
    "decide_objection": check_decide_objection,
    "refer_objection": check_refer_objection,
    "attach_exhibit": check_attach_exhibit,
}


def acts_on_objection(objection: Objection, by: Actor) -> Allowed:
    return allowed(ACTS_ON_OBJECTION, objection, by)
