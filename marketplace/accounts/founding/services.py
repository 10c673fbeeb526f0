from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from marketplace.accounts.founding.events import (
    AdministratorTookOffice,
    CentreFounded,
    CentreOpened,
)
from marketplace.accounts.founding.selectors import centre_to_open
from marketplace.accounts.invitation.changes import offer_to_join
from marketplace.accounts.organization.changes import wrong_in_organization
from marketplace.accounts.organization.models import Organization
from marketplace.accounts.organization.states import ORGANIZATION, OrganizationState
from marketplace.accounts.person.changes import address_of
from marketplace.accounts.person.mailboxes import mailbox_of
from marketplace.accounts.person.models import Person
from marketplace.accounts.person.selectors import LEAST_ADMINISTRATORS, administrators_in_office
from marketplace.accounts.roles import OrganizationKind, Role
from marketplace.core import Actor, Invalid, NotAllowed, NotFound, WrongState, clock, locked
from marketplace.ledger.services.recording import record
from marketplace.web.mail import reaches_people


@transaction.atomic
def found_centre(
    *, name: str, uscc: str, contact: str, administrators: tuple[str, str], by: Actor
) -> Organization:
    """Register the centre itself, once, and invite its two first administrators by e-mail.

    Nothing that decides opens until both have joined and signed in: see `take_office`.

    Raises:
        NotAllowed: the actor is not the centre's own software.
        WrongState: there is a centre already, or e-mails are only printed (`mail-goes-nowhere`).
        Invalid: as for `apply_organization`, or the two addresses are one.
    """
    if not by.is_system:
        raise NotAllowed(_("The centre is founded by the command that sets it up."))
    if Organization.objects.filter(kind=OrganizationKind.CENTRE).exists():
        raise WrongState(_("The centre is founded already."))
    if not reaches_people():
        raise WrongState(
            _(
                "E-mails of this centre reach nobody, so its administrators would get no links. "
                "Set EMAIL_URL to your mail server first."
            ),
            code="mail-goes-nowhere",
        )
    uscc = uscc.strip().upper()
    fields = wrong_in_organization(name, uscc)
    if len({mailbox_of(address_of(each)) for each in administrators}) != len(administrators):
        fields["administrators"] = [_("Name two people with addresses of their own.")]
    if fields:
        raise Invalid(_("The application needs corrections."), fields=fields)
    centre = Organization.objects.create(
        name=name.strip(), kind=OrganizationKind.CENTRE, uscc=uscc, contact=contact.strip()
    )
    record(CentreFounded(subject=f"organization:{centre.pk}"), by=by)
    for each in administrators:
        offer_to_join(centre, email=each, roles=frozenset({Role.ADMINISTRATOR.value}), by=by)
    return centre


@transaction.atomic
def take_office(*, by: Actor) -> Organization:
    """Note that an administrator who was named at the founding signs in; the second opens all.

    Until then the centre is pending, so that its people hold no role. Again it changes nothing.

    Raises:
        NotFound: the actor is no administrator of a centre that is to open.
    """
    person = locked(Person.objects.all(), pk=by.person_id or UUID(int=0))
    if not centre_to_open(person):
        raise NotFound(_("There is no centre that waits for your sign-in."))
    centre = locked(Organization.objects.all(), pk=person.organization_id or UUID(int=0))
    if person.took_office_at is None:
        person.took_office_at = clock.now()
        person.save(update_fields=["took_office_at"])
        about = (f"organization:{centre.pk}",)
        record(AdministratorTookOffice(subject=f"person:{person.pk}", about=about), by=by)
    in_office = administrators_in_office().filter(took_office_at__isnull=False)
    if in_office.count() >= LEAST_ADMINISTRATORS and centre.state == OrganizationState.PENDING:
        ORGANIZATION.move(centre, OrganizationState.VERIFIED)
        centre.save(update_fields=["state"])
        record(CentreOpened(subject=f"organization:{centre.pk}"), by=by)
    return centre
