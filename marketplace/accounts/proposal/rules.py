from collections.abc import Mapping
from types import MappingProxyType

from django.utils.translation import gettext as _

from marketplace.accounts.four_eyes import check_independent
from marketplace.accounts.member.rules import check_can_own, check_not_last_owner
from marketplace.accounts.organization.models import Organization
from marketplace.accounts.organization.states import OrganizationState
from marketplace.accounts.person.models import Person
from marketplace.accounts.person.policies import is_owner
from marketplace.accounts.person.selectors import (
    LEAST_ADMINISTRATORS,
    administrators_in_office,
    owners_of,
)
from marketplace.accounts.proposal import policies
from marketplace.accounts.proposal.kinds import CHANGES
from marketplace.accounts.proposal.models import ChangeProposal, ProposalKind
from marketplace.accounts.proposal.states import PROPOSAL, ProposalState
from marketplace.accounts.roles import OrganizationKind, Role
from marketplace.core import Actor, Allowed, NotAllowed, Rule, WrongState, allowed

FEWEST_OWNERS = 3
"""Two owners remove a third."""


def check_propose(kind: str, organization: Organization, person: Person | None, by: Actor) -> None:
    """Refuse to propose a change.

    Raises:
        NotAllowed: the actor neither decides on such changes nor is somebody else than whom it
            concerns.
        WrongState: the organization cannot act, or the change could not take effect.
    """
    if not policies.may_propose(by, kind, organization):
        raise NotAllowed(_("This is proposed by an administrator of the centre."))
    if person is not None and by.is_person(person.pk):
        raise NotAllowed(_("Nobody decides on themselves."))
    if not by.acts_for(organization.pk):
        check_independent(by, organization.pk)
    _check_fits(kind, organization, person)
    if not policies.acts_for_centre(by) and owners_of(organization.pk).count() < FEWEST_OWNERS:
        raise WrongState(
            _("Two other owners remove an owner. Ask the centre, where there are fewer."),
            code="too-few-owners",
        )


def check_propose_on_person(kind: str, person: Person, by: Actor) -> None:
    """Refuse to propose a change of a person.

    Raises:
        NotAllowed, WrongState: as for `check_propose`.
    """
    if person.organization is None:
        raise WrongState(_("This person belongs to no organization."))
    check_propose(kind, person.organization, person, by)


def check_can_take_effect(proposal: ChangeProposal) -> None:
    """Refuse a change that people or organization do not allow any more.

    Raises:
        WrongState: so it is.
    """
    _check_fits(proposal.kind, proposal.organization, proposal.person)
    if proposal.kind == ProposalKind.CENTRE_ROLES and Role.ADMINISTRATOR in proposal.roles:
        return
    if proposal.kind in (ProposalKind.CENTRE_ROLES, ProposalKind.LEAVE_CENTRE):
        _check_enough_administrators(proposal.person)


def check_decide(proposal: ChangeProposal, by: Actor) -> None:
    """Refuse to decide on a proposal.

    Raises:
        NotAllowed: the actor proposed it, is concerned, or does not decide on such changes.
        WrongState: it is decided, withdrawn or lapsed.
    """
    if not policies.may_decide(by, proposal):
        raise NotAllowed(
            _("Another person decides than who proposed it, and whom it does not concern.")
        )
    if proposal.state != ProposalState.OPEN:
        raise WrongState(_("This proposal is decided, or it lapsed."))


def check_approve_change(proposal: ChangeProposal, by: Actor) -> None:
    """Refuse to approve a change.

    Raises:
        NotAllowed: as for `check_decide`.
        WrongState: so too, or the change could not take effect.
    """
    check_decide(proposal, by)
    PROPOSAL.check(proposal, ProposalState.APPROVED)
    check_can_take_effect(proposal)


def check_withdraw_change(proposal: ChangeProposal, by: Actor) -> None:
    """Refuse to take a change back.

    Raises:
        NotAllowed: the actor neither proposed nor approved it.
        WrongState: it took effect, was refused or lapsed.
    """
    if not policies.may_withdraw(by, proposal):
        raise NotAllowed(_("Only who proposed or approved it can take it back."))
    PROPOSAL.check(proposal, ProposalState.WITHDRAWN)


def _check_fits(kind: str, organization: Organization, person: Person | None) -> None:
    change = CHANGES[kind]
    is_centre = organization.kind == OrganizationKind.CENTRE
    if change.of_centre is not None and change.of_centre != is_centre:
        raise WrongState(_("This change is not one for the people of this organization."))
    if organization.state in (OrganizationState.PENDING, OrganizationState.REFUSED):
        raise WrongState(_("The centre has not let this organization in."))
    if change.is_about_person != (person is not None):
        raise WrongState(_("Name the person whom it concerns, or the address that is invited."))
    if person is not None:
        _check_fits_person(kind, person)


def _check_fits_person(kind: str, person: Person) -> None:
    needs_active = CHANGES[kind].needs_active
    if needs_active is not None and person.is_active != needs_active:
        raise WrongState(
            _("This person is deactivated.") if needs_active else _("This person can sign in.")
        )
    if kind == ProposalKind.REMOVE_OWNER:
        if not is_owner(person):
            raise WrongState(_("This person is no owner."))
        check_not_last_owner(person)
    if kind == ProposalKind.APPOINT_OWNER:
        check_can_own(person)


def _check_enough_administrators(person: Person | None) -> None:
    others = administrators_in_office()
    if person is not None:
        others = others.exclude(pk=person.pk)
    # Two accounts of one human being do not decide by two.
    if len({other.human_id or other.pk for other in others}) < LEAST_ADMINISTRATORS:
        raise WrongState(
            _("The centre keeps two administrators at least: let another one join first."),
            code="last-administrators",
        )


ACTS_ON_PROPOSAL: Mapping[str, Rule[ChangeProposal]] = MappingProxyType(
    {
        "approve_change": check_approve_change,
        "refuse_change": check_decide,
        "withdraw_change": check_withdraw_change,
    }
)


def acts_on_proposal(proposal: ChangeProposal, by: Actor) -> Allowed:
    return allowed(ACTS_ON_PROPOSAL, proposal, by)


def changes_open_on_person(person: Person, by: Actor) -> list[str]:
    return [
        kind
        for kind, change in CHANGES.items()
        if change.is_about_person and _is_open(kind, person, by)
    ]


def change_open_to_invite(organization: Organization, by: Actor) -> str:
    """Return by which change the actor may propose to invite somebody; "" for none."""
    is_centre = organization.kind == OrganizationKind.CENTRE
    kind = ProposalKind.JOIN_CENTRE if is_centre else ProposalKind.INVITE_OWNER
    try:
        check_propose(kind, organization, None, by)
    except (NotAllowed, WrongState):
        return ""
    return kind


def _is_open(kind: str, person: Person, by: Actor) -> bool:
    try:
        check_propose_on_person(kind, person, by)
    except (NotAllowed, WrongState):
        return False
    return True
