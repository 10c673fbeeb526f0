"""Changes of people are proposed, decided by another, take effect, are taken back, or lapse."""

from collections.abc import Collection
from typing import Annotated
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.accounts.invitation.changes import offer_to_join
from marketplace.accounts.member.changes import (
    appoint_owner,
    change_roles,
    change_sign_in,
    remove_owner,
    reset_factors,
)
from marketplace.accounts.organization.changes import check_roles
from marketplace.accounts.organization.models import Organization
from marketplace.accounts.organization.selectors import organizations_visible_to
from marketplace.accounts.person.changes import address_of
from marketplace.accounts.person.models import Person
from marketplace.accounts.person.selectors import people_visible_to
from marketplace.accounts.proposal import policies, rules
from marketplace.accounts.proposal.events import (
    ChangeApproved,
    ChangeLapsed,
    ChangeProposed,
    ChangeRefused,
    ChangeWithdrawn,
)
from marketplace.accounts.proposal.kinds import CHANGES, LIFE
from marketplace.accounts.proposal.models import ChangeProposal, ProposalKind
from marketplace.accounts.proposal.selectors import proposals_due, proposals_visible_to
from marketplace.accounts.proposal.states import PENDING, PROPOSAL, ProposalState
from marketplace.accounts.roles import GIVEN_ROLES, OrganizationKind, Role
from marketplace.core import (
    Actor,
    NotAllowed,
    NotFound,
    Refusal,
    clock,
    locked,
    longest_of,
)
from marketplace.core.arguments import Choice, Email, Reason, Several, reason_of
from marketplace.ledger.services.recording import record

WHY_REFUSED = reason_of(ChangeProposal, "answer")
WHY = Reason(
    label=gettext_lazy("Reason and evidence"),
    help=gettext_lazy(
        "What it rests on: a letter, a resolution, a court's decision, with date and number."
    ),
    longest=longest_of(ChangeProposal),
    lines=3,
)
CHANGE = Choice(label=gettext_lazy("What is to change"), choices=ProposalKind, is_laid_out=True)
EMAIL = Email(label=gettext_lazy("E-mail address"))
ROLES = Several(
    label=gettext_lazy("Roles"),
    help=gettext_lazy("Only where roles are to be set."),
    choices=GIVEN_ROLES,
)


@transaction.atomic
def propose_change(
    person_id: UUID,
    *,
    kind: Annotated[str, CHANGE],
    roles: Annotated[Collection[str], ROLES] = (),
    reason: Annotated[str, WHY],
    by: Actor,
) -> ChangeProposal:
    """Propose a change of a person, which another decides. The same again changes nothing.

    Raises:
        NotFound: there is no such person among those the actor may see.
        NotAllowed: the actor does not propose such changes, or is that person.
        WrongState: the change could not take effect.
        Invalid: there is no reason, or the roles do not fit.
    """
    person = locked(people_visible_to(by).exclude(organization=None), pk=person_id)
    assert person.organization is not None, "Whoever belongs to none is not found."
    if kind not in CHANGES or not CHANGES[kind].is_about_person:
        raise _unknown()
    rules.check_propose_on_person(kind, person, by)
    given = frozenset(roles) if kind == ProposalKind.CENTRE_ROLES else frozenset()
    if kind == ProposalKind.CENTRE_ROLES:
        check_roles(person.organization, given)
    open_one = ChangeProposal.objects.filter(kind=kind, person=person, state__in=PENDING).first()
    if open_one is not None:
        return open_one
    return _proposed(kind, person.organization, reason, person=person, roles=given, by=by)


@transaction.atomic
def propose_invitation(
    organization_id: UUID,
    *,
    email: Annotated[str, EMAIL],
    roles: Annotated[Collection[str], ROLES] = (),
    reason: Annotated[str, WHY],
    by: Actor,
) -> ChangeProposal:
    """Propose to invite somebody to the centre, or an owner to an organization that lost its own.

    Raises:
        NotFound: there is no such organization among those the actor may see.
        NotAllowed: the actor is no administrator of the centre.
        WrongState: the centre has not let it in.
        Invalid: there is no reason, no address, or the roles do not fit.
    """
    organization = locked(organizations_visible_to(by), pk=organization_id)
    is_centre = organization.kind == OrganizationKind.CENTRE
    kind = ProposalKind.JOIN_CENTRE if is_centre else ProposalKind.INVITE_OWNER
    rules.check_propose(kind, organization, None, by)
    given = frozenset(roles if is_centre else {Role.OWNER.value})
    if is_centre:
        check_roles(organization, given)
    return _proposed(kind, organization, reason, email=address_of(email), roles=given, by=by)


@transaction.atomic
def approve_change(proposal_id: UUID, *, by: Actor) -> ChangeProposal:
    """Approve a change as the second person: it takes effect at once, or on its day.

    Raises:
        NotFound: there is no such proposal among those the actor may see.
        NotAllowed: the actor proposed it, is concerned, or does not decide on such changes.
        WrongState: it is decided, or the change could not take effect.
    """
    proposal = locked(proposals_visible_to(by), pk=proposal_id)
    _lock_people(proposal)
    rules.check_approve_change(proposal, by)
    PROPOSAL.move(proposal, ProposalState.APPROVED)
    proposal.decided_by_id, proposal.decided_at = by.person_id, clock.now()
    proposal.takes_effect_at = clock.now() + CHANGES[proposal.kind].takes_effect_after
    proposal.save(update_fields=["state", "decided_by_id", "decided_at", "takes_effect_at"])
    record(
        ChangeApproved(
            subject=_subject(proposal),
            about=_about(proposal),
            change=proposal.kind,
            takes_effect_at=proposal.takes_effect_at.isoformat(),
        ),
        by=by,
    )
    if proposal.takes_effect_at <= clock.now():
        _take_effect(proposal, by)
    return proposal


@transaction.atomic
def refuse_change(
    proposal_id: UUID, *, reason: Annotated[str, WHY_REFUSED], by: Actor
) -> ChangeProposal:
    """Refuse a change as the second person, with a reason.

    Raises:
        NotFound, NotAllowed, WrongState: as for `approve_change`.
        Invalid: there is no reason.
    """
    proposal = locked(proposals_visible_to(by), pk=proposal_id)
    rules.check_decide(proposal, by)
    PROPOSAL.move(proposal, ProposalState.REFUSED)
    proposal.answer = WHY_REFUSED.given(reason)
    proposal.decided_by_id, proposal.decided_at = by.person_id, clock.now()
    proposal.save(update_fields=["state", "answer", "decided_by_id", "decided_at"])
    record(
        ChangeRefused(subject=_subject(proposal), about=_about(proposal), change=proposal.kind),
        by=by,
    )
    return proposal


@transaction.atomic
def withdraw_change(proposal_id: UUID, *, by: Actor) -> ChangeProposal:
    """Take a change back before it takes effect, as one of the two. Again it changes nothing.

    Raises:
        NotFound: there is no such proposal among those the actor may see.
        NotAllowed: the actor neither proposed nor approved it.
        WrongState: it took effect, was refused or lapsed.
    """
    proposal = locked(proposals_visible_to(by), pk=proposal_id)
    if proposal.state == ProposalState.WITHDRAWN and policies.may_withdraw(by, proposal):
        return proposal
    rules.check_withdraw_change(proposal, by)
    PROPOSAL.move(proposal, ProposalState.WITHDRAWN)
    proposal.save(update_fields=["state"])
    record(
        ChangeWithdrawn(subject=_subject(proposal), about=_about(proposal), change=proposal.kind),
        by=by,
    )
    return proposal


@transaction.atomic
def settle_proposals(*, by: Actor) -> int:
    """Let take effect what is due, and lapse what nobody decided in time; return how many.

    Raises:
        NotAllowed: the actor is not the centre's own software.
    """
    if not by.is_system:
        raise NotAllowed(_("The centre's software does this by itself."))
    due = list(proposals_due().select_for_update(of=("self",), skip_locked=True))
    for row in due:
        proposal = proposals_visible_to(by).get(pk=row.pk)
        if proposal.state == ProposalState.OPEN:
            _lapse(proposal, by)
            continue
        _lock_people(proposal)
        try:
            rules.check_can_take_effect(proposal)
        except Refusal as refusal:
            proposal.answer = refusal.sentence[:500]
            _lapse(proposal, by)
        else:
            _take_effect(proposal, by)
    return len(due)


def _proposed(
    kind: str,
    organization: Organization,
    reason: str,
    *,
    person: Person | None = None,
    email: str = "",
    roles: frozenset[str],
    by: Actor,
) -> ChangeProposal:
    proposal = ChangeProposal.objects.create(
        kind=kind,
        organization=organization,
        person=person,
        email=email,
        roles=sorted(roles),
        reason=WHY.given(reason),
        is_by_centre=policies.acts_for_centre(by),
        proposed_by_id=by.person_id,
        lapses_at=clock.now() + LIFE,
    )
    record(
        ChangeProposed(subject=_subject(proposal), about=_about(proposal), change=kind),
        by=by,
    )
    return proposal


def _take_effect(proposal: ChangeProposal, by: Actor) -> None:
    PROPOSAL.move(proposal, ProposalState.DONE)
    proposal.save(update_fields=["state"])
    about, roles = (_subject(proposal),), frozenset(proposal.roles)
    if proposal.person is None:
        offer_to_join(proposal.organization, email=proposal.email, roles=roles, about=about, by=by)
        return
    person = proposal.person
    match ProposalKind(proposal.kind):
        case ProposalKind.CENTRE_ROLES:
            change_roles(person, roles, about=about, by=by)
        case ProposalKind.LEAVE_CENTRE:
            change_sign_in(person, is_active=False, about=about, by=by)
        case ProposalKind.RETURN_TO_CENTRE:
            change_sign_in(person, is_active=True, about=about, by=by)
        case ProposalKind.RESET_FACTORS:
            reset_factors(person, about=about, by=by)
        case ProposalKind.REMOVE_OWNER:
            remove_owner(person, about=about, by=by)
        case ProposalKind.APPOINT_OWNER:
            appoint_owner(person, about=about, by=by)


def _lapse(proposal: ChangeProposal, by: Actor) -> None:
    PROPOSAL.move(proposal, ProposalState.LAPSED)
    proposal.save(update_fields=["state", "answer"])
    record(
        ChangeLapsed(subject=_subject(proposal), about=_about(proposal), change=proposal.kind),
        by=by,
    )


def _lock_people(proposal: ChangeProposal) -> None:
    """Let one change of an organization's people happen at a time, and read them anew."""
    locked(Organization.objects.all(), pk=proposal.organization_id)
    if proposal.person_id is not None:
        rows = Person.objects.select_related("organization").prefetch_related("role_grants")
        proposal.person = locked(rows, pk=proposal.person_id)


def _unknown() -> NotFound:
    return NotFound(_("There is no such change of a person."))


def _subject(proposal: ChangeProposal) -> str:
    return f"change_proposal:{proposal.pk}"


def _about(proposal: ChangeProposal) -> tuple[str, ...]:
    of = f"organization:{proposal.organization_id}"
    return (of,) if proposal.person_id is None else (of, f"person:{proposal.person_id}")
