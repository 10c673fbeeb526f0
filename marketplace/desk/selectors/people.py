"""What waits where organizations and people come in: for whoever applied, and for the centre."""

from collections.abc import Callable
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.models import Organization
from marketplace.accounts.organization.rules import (
    check_attach_document,
    check_examine_organization,
    check_reapply_organization,
    check_verify_organization,
    missing_documents,
)
from marketplace.accounts.organization.selectors import REMINDED_BEFORE, organizations_visible_to
from marketplace.accounts.organization.states import OrganizationState
from marketplace.accounts.person.selectors import has_proved_address
from marketplace.accounts.proposal.models import ChangeProposal
from marketplace.accounts.proposal.rules import check_decide
from marketplace.accounts.proposal.selectors import proposals_visible_to
from marketplace.accounts.proposal.states import ProposalState
from marketplace.accounts.roles import Role
from marketplace.core import Actor, WrongState, clock
from marketplace.desk.selectors.kind import Waiting, has


def holds_no_role(by: Actor) -> bool:
    """Return whether somebody cannot act, as a rule since their organization is not let in yet."""
    return by.member_of is not None and not by.roles and not by.is_suspended


def own_application(*states: OrganizationState) -> Callable[[Actor], QuerySet[Organization]]:
    """Return the organization for which the actor applied, in one of the states."""
    return lambda by: organizations_visible_to(by).filter(
        pk=by.member_of or UUID(int=0), applied_by_id=by.person_id, state__in=states
    )


def check_address_is_unproved(organization: Organization, by: Actor) -> None:
    """Refuse where whoever applied has proved their address.

    Raises:
        WrongState: it is proved.
    """
    if has_proved_address(organization.applied_by_id):
        raise WrongState(gettext("Your address is proved."))


def check_lacks_documents(organization: Organization, by: Actor) -> None:
    """Refuse where an organization has attached what it is verified by.

    Raises:
        NotAllowed, WrongState: as for `check_attach_document`; or no document is missing.
    """
    check_attach_document(organization, by)
    if not missing_documents(organization):
        raise WrongState(gettext("Every document that is needed is attached."))


def _to_verify(by: Actor) -> QuerySet[Organization]:
    """Return the organizations that wait to be verified, the first time or again."""
    soon = clock.today() + REMINDED_BEFORE
    rows = organizations_visible_to(by).filter(
        Q(state=OrganizationState.PENDING)
        | Q(state=OrganizationState.VERIFIED, verified_until__lte=soon)
    )
    return rows.order_by("created_at")


def _to_decide(by: Actor) -> QuerySet[ChangeProposal]:
    return proposals_visible_to(by).filter(state=ProposalState.OPEN).order_by("created_at")


PEOPLE = (
    Waiting(
        _("Prove your e-mail address: follow the link that was sent to it"),
        "mail-check",
        "organization_detail",
        holds_no_role,
        own_application(OrganizationState.PENDING),
        str,
        (check_address_is_unproved,),
    ),
    Waiting(
        _("Attach the documents that are missing"),
        "file-up",
        "organization_documents",
        holds_no_role,
        own_application(OrganizationState.PENDING),
        lambda organization: ", ".join(missing_documents(organization)),
        (check_lacks_documents,),
    ),
    Waiting(
        _("Correct the application and apply again"),
        "file-pen-line",
        "organization_detail",
        holds_no_role,
        own_application(OrganizationState.REFUSED),
        str,
        (check_reapply_organization,),
        reasons=lambda found, by: {one.pk: one.reason for one in found},
    ),
    Waiting(
        _("Examine the documents of an organization"),
        "building-2",
        "organization_detail",
        has(Role.ADMINISTRATOR),
        lambda by: _to_verify(by).filter(examined_at=None),
        str,
        (check_examine_organization,),
        due_on=lambda organization: organization.verified_until,
    ),
    Waiting(
        _("Verify an organization"),
        "building-2",
        "organization_detail",
        has(Role.ADMINISTRATOR),
        lambda by: _to_verify(by).filter(examined_at__isnull=False),
        str,
        (check_verify_organization,),
        due_on=lambda organization: organization.verified_until,
    ),
    Waiting(
        _("Decide on a change of people"),
        "users",
        "change_detail",
        has(Role.ADMINISTRATOR, Role.OWNER),
        _to_decide,
        lambda proposal: f"{proposal.get_kind_display()}: {proposal.organization}",
        (check_decide,),
    ),
)
