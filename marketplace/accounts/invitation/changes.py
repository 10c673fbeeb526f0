"""Make an invitation in the transaction of an act that asked who may."""

from datetime import timedelta
from decimal import Decimal

from marketplace.accounts.invitation.events import PersonInvited
from marketplace.accounts.invitation.models import Invitation
from marketplace.accounts.letter.services import promise_letters
from marketplace.accounts.organization.models import Organization
from marketplace.accounts.person.changes import address_of
from marketplace.core import Actor, clock, to_cents
from marketplace.ledger.services.recording import record

INVITATION_LIFE = timedelta(days=7)


def offer_to_join(
    organization: Organization,
    *,
    email: str,
    roles: frozenset[str],
    limit: Decimal | None = None,
    about: tuple[str, ...] = (),
    by: Actor,
) -> Invitation:
    """Make an invitation, with what the person may sign for alone where that is said.

    Raises:
        Invalid: the e-mail address is no address.
    """
    invitation = Invitation.objects.create(
        organization=organization,
        email=address_of(email),
        roles=sorted(roles),
        signing_limit=limit,
        invited_by_id=by.person_id,
        expires_at=clock.now() + INVITATION_LIFE,
    )
    promise_letters([f"invitation:{invitation.pk}"])
    of = f"organization:{organization.pk}"
    record(
        PersonInvited(
            subject=f"invitation:{invitation.pk}",
            about=(of, *about),
            roles=tuple(sorted(roles)),
            limit="" if limit is None else str(to_cents(limit)),
        ),
        by=by,
    )
    return invitation
