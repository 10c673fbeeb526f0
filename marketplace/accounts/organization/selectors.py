from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from marketplace.accounts.organization.models import Organization
from marketplace.accounts.organization.states import OrganizationState
from marketplace.accounts.person.models import Person
from marketplace.accounts.policies import is_centre_staff
from marketplace.accounts.roles import OrganizationKind, Role
from marketplace.core import Actor, Invalid, clock


def organizations_visible_to(by: Actor) -> QuerySet[Organization]:
    """Return all to the centre's staff, else the actor's own and the verified ones."""
    rows = Organization.objects.all()
    if is_centre_staff(by):
        return rows
    if by.person_id is None:
        return rows.none()
    return rows.filter(Q(pk=by.member_of) | Q(state=OrganizationState.VERIFIED))


REMINDED_BEFORE = timedelta(days=30)
"""How long before its verification ends an organization is reminded."""


def verifications_due() -> QuerySet[Organization]:
    """Return the verified organizations whose verification has ended, or ends soon."""
    rows = Organization.objects.filter(state=OrganizationState.VERIFIED)
    ended = Q(verified_until__lt=clock.today())
    soon = Q(verified_until__lte=clock.today() + REMINDED_BEFORE, reminded_on=None)
    return rows.filter(ended | soon)


def applications_to_lapse() -> QuerySet[Organization]:
    """Return the applications whose person had the time to prove their address, and did not."""
    proved_by = clock.now() - timedelta(days=settings.CENTRE["APPLICATION_DAYS"])
    unproved = Person.objects.filter(address_proved_at=None, is_active=True)
    return Organization.objects.filter(
        state__in=[OrganizationState.PENDING, OrganizationState.REFUSED],
        created_at__lt=proved_by,
        applied_by_id__in=unproved.values("pk"),
    )


def own_organization(by: Actor) -> Organization | None:
    """Return the organization of the actor's account, whether or not they act for it."""
    return Organization.objects.filter(pk=by.member_of).first() if by.member_of else None


def organization_with_code(uscc: str, *, field: str, by: Actor) -> Organization:
    """Find an organization by its unified social credit code, as a form gives it in a field.

    Raises:
        Invalid: none that the actor may see has this code.
    """
    found = organizations_visible_to(by).filter(uscc=uscc.strip().upper()).first()
    if found is None:
        sentence = _("No verified organization has this code. Compare it with its licence.")
        raise Invalid(sentence, code="no-such-organization", fields={field: [sentence]})
    return found


def centre_organization() -> Organization:
    """Return the centre's own organization."""
    return Organization.objects.get(kind=OrganizationKind.CENTRE)


def people_with_role(role: Role, *, organization_id: UUID | None = None) -> QuerySet[Person]:
    """Return the active people who hold a role in a verified organization."""
    rows = Person.objects.filter(
        is_active=True,
        role_grants__role=role,
        organization__state=OrganizationState.VERIFIED,
    )
    return rows.filter(organization_id=organization_id) if organization_id else rows
