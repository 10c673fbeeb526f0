"""People are invited, and join; an invitation can be withdrawn until then."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from marketplace.accounts.events import InvitationAccepted, InvitationWithdrawn, PersonInvited
from marketplace.accounts.models import Invitation, Person, RoleGrant
from marketplace.accounts.rules import (
    check_invite_person,
    check_takes_invitations_back,
    check_withdraw_invitation,
)
from marketplace.accounts.secrets import digest_of, new_secret
from marketplace.accounts.selectors import invitations_visible_to, organizations_visible_to
from marketplace.accounts.services.people import check_roles
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.errors import Invalid, NotFound
from marketplace.core.locking import locked
from marketplace.ledger.services.recording import record

INVITATION_LIFE = timedelta(days=7)


@dataclass(frozen=True)
class IssuedInvitation:
    """An invitation with the secret that goes out once."""

    invitation: Invitation
    secret: str


@transaction.atomic
def invite_person(
    organization_id: UUID, *, email: str, roles: frozenset[str], by: Actor
) -> IssuedInvitation:
    """Offer somebody to join an organization with roles; the secret is answered once.

    Whether the address signs in already is not told, nor looked at: who works elsewhere is nobody's
    business.

    Raises:
        NotFound: there is no such organization among those the actor may see.
        NotAllowed: the actor does not manage its people.
        WrongState: the organization is not verified.
        Invalid: the e-mail address is no address, or the roles do not fit.
    """
    organization = locked(organizations_visible_to(by), pk=organization_id)
    check_invite_person(organization, by)
    email = email.strip().lower()
    try:
        validate_email(email)
    except ValidationError:
        sentence = _("Give an e-mail address like name@example.org.")
        raise Invalid(sentence, fields={"email": [sentence]}) from None
    check_roles(organization, roles)
    secret, digest = new_secret("invitation")
    invitation = Invitation.objects.create(
        organization=organization,
        email=email,
        roles=sorted(roles),
        secret_digest=digest,
        expires_at=clock.now() + INVITATION_LIFE,
    )
    record(
        PersonInvited(
            subject=f"invitation:{invitation.pk}",
            about=(f"organization:{organization.pk}",),
            roles=tuple(sorted(roles)),
        ),
        by=by,
    )
    return IssuedInvitation(invitation, secret)


@transaction.atomic
def accept_invitation(*, secret: str, name: str, password: str, by: Actor) -> Person:
    """Make the invited person, who then signs in.

    Raises:
        NotFound: the secret belongs to no open invitation.
        Invalid: the name is missing, the password too weak, or nobody can join by it, for the
            address has an account.
    """
    invitation = (
        Invitation.objects.select_for_update(of=("self",))
        .filter(
            secret_digest=digest_of(secret),
            accepted_at=None,
            withdrawn_at=None,
            expires_at__gt=clock.now(),
        )
        .select_related("organization")
        .first()
    )
    if invitation is None:
        raise NotFound(
            _("This invitation was used or withdrawn, or it has expired. Ask for a new one.")
        )
    fields: dict[str, list[str]] = {}
    if not name.strip():
        fields["name"] = [_("Give your name.")]
    try:
        validate_password(password, Person(email=invitation.email, name=name))
    except ValidationError as error:
        fields["password"] = list(error.messages)
    if fields:
        raise Invalid(_("This needs corrections."), fields=fields)
    if Person.objects.filter(email=invitation.email).exists():
        raise _unusable()
    try:
        with transaction.atomic():
            person = Person.objects.create_user(
                invitation.email,
                password,
                name=name.strip(),
                organization=invitation.organization,
                language=get_language() or settings.LANGUAGE_CODE,
            )
    except IntegrityError:
        # Somebody took the address since it was looked up.
        raise _unusable() from None
    RoleGrant.objects.bulk_create(RoleGrant(person=person, role=role) for role in invitation.roles)
    invitation.accepted_at = clock.now()
    invitation.save(update_fields=["accepted_at"])
    record(
        InvitationAccepted(
            subject=f"invitation:{invitation.pk}",
            about=(f"organization:{invitation.organization_id}", f"person:{person.pk}"),
        ),
        by=Actor(person_id=person.pk, organization_id=invitation.organization_id, door=by.door),
    )
    return person


def _unusable() -> Invalid:
    sentence = _(
        "Nobody can join by this invitation. If you have an account, sign in with it; else ask for "
        "an invitation to another e-mail address."
    )
    return Invalid(sentence, code="invitation-unusable")


@transaction.atomic
def withdraw_invitation(invitation_id: UUID, *, by: Actor) -> Invitation:
    """Take an invitation back: its link opens nothing any more. Again it changes nothing.

    Raises:
        NotFound: there is no such invitation among those the actor may see.
        NotAllowed: the actor does not manage the people of its organization.
        WrongState: it was accepted.
    """
    invitation = locked(invitations_visible_to(by), pk=invitation_id)
    check_takes_invitations_back(invitation, by)
    if invitation.withdrawn_at is not None:
        return invitation
    check_withdraw_invitation(invitation, by)
    invitation.withdrawn_at = clock.now()
    invitation.save(update_fields=["withdrawn_at"])
    record(
        InvitationWithdrawn(
            subject=f"invitation:{invitation.pk}",
            about=(f"organization:{invitation.organization_id}",),
        ),
        by=by,
    )
    return invitation
