from collections.abc import Collection
from decimal import Decimal
from functools import partial
from typing import Annotated
from uuid import UUID

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from marketplace.accounts.identity.linking import link_accounts
from marketplace.accounts.invitation.changes import INVITATION_LIFE, offer_to_join
from marketplace.accounts.invitation.events import (
    InvitationAccepted,
    InvitationResent,
    InvitationWithdrawn,
)
from marketplace.accounts.invitation.letters import write_invitation
from marketplace.accounts.invitation.models import Invitation
from marketplace.accounts.invitation.rules import (
    check_invite_person,
    check_resend_invitation,
    check_takes_invitations_back,
    check_withdraw_invitation,
)
from marketplace.accounts.invitation.selectors import invitations_visible_to
from marketplace.accounts.letter.services import Sending, promise_letters, send_letter
from marketplace.accounts.limit.changes import check_limit, give_limit
from marketplace.accounts.organization.changes import check_roles
from marketplace.accounts.organization.selectors import organizations_visible_to
from marketplace.accounts.person.models import Person, RoleGrant
from marketplace.accounts.person.taken import NEW_PASSWORD, YOUR_NAME
from marketplace.accounts.roles import GIVEN_ROLES
from marketplace.accounts.secrets import digest_of, new_secret
from marketplace.core import Actor, Invalid, NotFound, clock, locked
from marketplace.core.arguments import Email, Number, Several, Text
from marketplace.ledger.binding import bound
from marketplace.ledger.services.recording import record
from marketplace.web.mail import failure_of

EMAIL = Email(label=gettext_lazy("E-mail address"))
ROLES = Several(label=gettext_lazy("Roles"), choices=GIVEN_ROLES)
LIMIT = Number(
    label=gettext_lazy("May sign alone for up to"),
    help=gettext_lazy("Left empty, the centre's own limit holds. An owner can change it later."),
    digits=15,
    places=2,
    least=Decimal(0),
)
SECRET = Text(longest=200)


@transaction.atomic
def invite_person(
    organization_id: UUID,
    *,
    email: Annotated[str, EMAIL],
    roles: Annotated[Collection[str], ROLES],
    limit: Annotated[Decimal | None, LIMIT] = None,
    by: Actor,
) -> Invitation:
    """Offer somebody to join an organization with roles, by an e-mail to their mailbox alone.

    `limit` is the sum, in the centre's currency, that they may sign for alone once they have
    joined; None leaves them the centre's own.

    Whether the address signs in already is not told, nor looked at: who works elsewhere is nobody's
    business.

    Raises:
        NotFound: there is no such organization among those the actor may see.
        NotAllowed: the actor does not manage its people.
        WrongState: the organization is not verified.
        Invalid: the e-mail address is no address, or roles or limit do not fit.
    """
    organization = locked(organizations_visible_to(by), pk=organization_id)
    check_invite_person(organization, by)
    given = frozenset(roles)
    check_roles(organization, given)
    if limit is not None:
        check_limit(limit)
    return offer_to_join(organization, email=email, roles=given, limit=limit, by=by)


@transaction.atomic
def resend_invitation(invitation_id: UUID, *, by: Actor) -> Invitation:
    """Send an invitation once more, for as long as a new one: the link before opens nothing.

    Raises:
        NotFound: there is no such invitation among those the actor may see.
        NotAllowed: the actor does not manage the people of its organization.
        WrongState: it was accepted, is withdrawn, or was sent a moment ago (`asked-just-now`).
    """
    invitation = locked(invitations_visible_to(by), pk=invitation_id)
    check_resend_invitation(invitation, by)
    invitation.secret_digest, invitation.letter_failure = None, ""
    invitation.sent_at = None
    invitation.asked_at = clock.now()
    invitation.expires_at = invitation.asked_at + INVITATION_LIFE
    invitation.save(
        update_fields=["secret_digest", "letter_failure", "sent_at", "asked_at", "expires_at"]
    )
    promise_letters([f"invitation:{invitation.pk}"])
    about = (f"organization:{invitation.organization_id}",)
    record(InvitationResent(subject=f"invitation:{invitation.pk}", about=about), by=by)
    return invitation


def send_invitation(invitation_id: UUID, *, taker: str = "", is_sent: bool = False) -> bool:
    """Make the secret of an invitation, and send it; return whether it waited to be sent.

    The digest is kept before the message leaves: after a crash in between another is made and sent.
    That it failed stands with the invitation.

    Raises:
        OSError: the mail server does not take it; the centre tries again.
        NotNoted: it was sent, and the database does not answer.
    """
    prepare = partial(_invitation_to_send, invitation_id, is_sent=is_sent)
    return send_letter(f"invitation:{invitation_id}", prepare, taker=taker, is_sent=is_sent)


def _invitation_to_send(invitation_id: UUID, *, is_sent: bool) -> Sending | None:
    waiting = Invitation.objects.filter(
        pk=invitation_id,
        sent_at=None,
        accepted_at=None,
        withdrawn_at=None,
        expires_at__gt=clock.now(),
    )
    invitation = waiting.select_related("organization").first()
    if invitation is None:
        return None
    secret = ""
    if not is_sent:
        secret, digest = new_secret("invitation")
        waiting.update(secret_digest=digest)
        waiting = waiting.filter(secret_digest=digest)
    return Sending(
        send=partial(write_invitation, invitation, secret),
        sent=lambda: waiting.update(sent_at=clock.now(), letter_failure=""),
        failed=lambda error: waiting.update(letter_failure=failure_of(error)),
    )


@transaction.atomic
def accept_invitation(
    *,
    secret: Annotated[str, SECRET],
    name: Annotated[str, YOUR_NAME],
    password: Annotated[str, NEW_PASSWORD],
    by: Actor,
) -> Person:
    """Make the invited person, who then signs in.

    Raises:
        NotFound: the secret belongs to no open invitation.
        Invalid: the name is missing, the password too weak, or nobody can join by it, for the
            address has an account.
    """
    invitation = _locked_invitation(secret)
    _check_joining(invitation, name=name, password=password)
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
                address_proved_at=clock.now(),
            )
    except IntegrityError:
        # Somebody took the address since it was looked up.
        raise _unusable() from None
    grants = RoleGrant.objects.bulk_create(
        RoleGrant(person=person, role=role) for role in invitation.roles
    )
    link_accounts(person, by=by)
    if invitation.signing_limit is not None and invitation.invited_by_id is not None:
        give_limit(person, invitation.signing_limit, set_by_id=invitation.invited_by_id, by=by)
    invitation.accepted_at = clock.now()
    invitation.save(update_fields=["accepted_at"])
    record(
        InvitationAccepted(
            subject=f"invitation:{invitation.pk}",
            about=(f"organization:{invitation.organization_id}", f"person:{person.pk}"),
        ),
        binds=bound(*grants),
        by=Actor(person_id=person.pk, organization_id=invitation.organization_id, door=by.door),
    )
    return person


def _locked_invitation(secret: str) -> Invitation:
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
    return invitation


def _check_joining(invitation: Invitation, *, name: str, password: str) -> None:
    fields: dict[str, list[str]] = {}
    if not name.strip():
        fields["name"] = [_("Give your name.")]
    try:
        whose = Person(email=invitation.email, name=name, organization=invitation.organization)
        validate_password(password, whose)
    except ValidationError as error:
        fields["password"] = list(error.messages)
    if fields:
        raise Invalid(_("This needs corrections."), fields=fields)


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
