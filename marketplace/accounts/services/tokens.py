"""Keys to the API: made once, kept as digests, revoked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from marketplace.accounts.events import TokenCreated, TokenRevoked
from marketplace.accounts.models import Token
from marketplace.accounts.rules import check_create_token, check_revoke_token, check_stops_token
from marketplace.accounts.secrets import digest_of, new_secret
from marketplace.accounts.selectors import (
    actor_of,
    refuse_without_second_factor,
    token_in_force,
    tokens_visible_to,
)
from marketplace.core import clock
from marketplace.core.actor import Actor, Door
from marketplace.core.errors import Invalid
from marketplace.core.locking import locked
from marketplace.ledger.services.recording import record

LONGEST_LIFE_DAYS = 365


@dataclass(frozen=True)
class IssuedToken:
    """A token with the secret that is shown once."""

    token: Token
    secret: str


@dataclass(frozen=True)
class UsedToken:
    """A token that was shown, and who acts with it."""

    token: Token
    by: Actor


@transaction.atomic
def create_token(*, name: str, days: int, by: Actor) -> IssuedToken:
    """Make a key to the API for the actor; the secret is answered once.

    Raises:
        NotAllowed: the actor holds no role at this moment.
        Invalid: the name is missing, or the life is not 1 to 365 days.
    """
    check_create_token(by)
    assert by.person_id is not None, "Whoever holds a role is signed in."
    fields: dict[str, list[str]] = {}
    if not name.strip():
        fields["name"] = [_("Give it a name, so that you know later what uses it.")]
    if not 1 <= days <= LONGEST_LIFE_DAYS:
        fields["days"] = [_("Choose 1 to %(most)d days.") % {"most": LONGEST_LIFE_DAYS}]
    if fields:
        raise Invalid(_("The token needs corrections."), fields=fields)
    secret, digest = new_secret("dtc")
    token = Token.objects.create(
        person_id=by.person_id,
        name=name.strip(),
        digest=digest,
        expires_at=clock.now() + timedelta(days=days),
        with_second_factor=by.passed_second_factor,
    )
    record(TokenCreated(subject=f"token:{token.pk}", about=(f"person:{by.person_id}",)), by=by)
    return IssuedToken(token, secret)


@transaction.atomic
def revoke_token(token_id: UUID, *, by: Actor) -> Token:
    """Stop a token from opening anything. Revoking it again changes nothing.

    Raises:
        NotFound: there is no such token among those the actor may see.
        NotAllowed: it is somebody else's.
    """
    token = locked(tokens_visible_to(by), pk=token_id)
    check_stops_token(token, by)
    if token.revoked_at is not None:
        return token
    check_revoke_token(token, by)
    token.revoked_at = clock.now()
    token.save(update_fields=["revoked_at"])
    record(TokenRevoked(subject=f"token:{token.pk}", about=(f"person:{token.person_id}",)), by=by)
    return token


def use_token(secret: str) -> UsedToken | None:
    """Find the token of a secret and note the day of its use.

    Raises:
        NotAllowed: the person's role needs a second factor, and the token was made without it.
    """
    token = token_in_force(digest_of(secret))
    if token is None:
        return None
    by = actor_of(token.person, door=Door.API, passed_second_factor=token.with_second_factor)
    refuse_without_second_factor(by)
    if token.last_used_on != clock.today():
        token.last_used_on = clock.today()
        token.save(update_fields=["last_used_on"])
    return UsedToken(token, by)
