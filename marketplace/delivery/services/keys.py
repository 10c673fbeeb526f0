"""Keys to a grant: made once, kept as digests, replaced, revoked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from marketplace.accounts.secrets import digest_of, new_secret
from marketplace.accounts.selectors import actor_of, refuse_without_second_factor
from marketplace.core import clock
from marketplace.core.actor import Actor, Door
from marketplace.core.errors import Invalid
from marketplace.core.locking import locked
from marketplace.delivery.events import GrantKeyMade, GrantKeyRevoked
from marketplace.delivery.models import GrantKey
from marketplace.delivery.rules import (
    check_make_grant_key,
    check_revoke_grant_key,
    check_stops_key,
)
from marketplace.delivery.selectors import (
    grants_visible_to,
    key_in_force,
    key_of,
    keys_visible_to,
)
from marketplace.ledger.services.recording import record

PREFIX = "dgk"
LONGEST_LIFE_DAYS = 365


@dataclass(frozen=True)
class IssuedKey:
    """A key with the secret that is shown once."""

    key: GrantKey
    secret: str


@dataclass(frozen=True)
class UsedKey:
    """A key that was shown, and who acts with it."""

    key: GrantKey
    by: Actor


@transaction.atomic
def make_grant_key(grant_id: UUID, *, days: int, by: Actor) -> IssuedKey:
    """Make a key for the buyer's programs; an earlier key of the grant stops at once.

    It ends after `days`, or with the licence. The secret is answered once.

    Raises:
        NotFound: there is no such grant among those the actor may see.
        NotAllowed: the actor is no buyer of the organization that bought.
        WrongState: the grant is over, or its mode of delivery has no keys (`no-key-needed`).
        Invalid: the life is not 1 to 365 days.
    """
    grant = locked(grants_visible_to(by), pk=grant_id)
    check_make_grant_key(grant, by)
    assert by.person_id is not None, "A buyer is signed in."
    if not 1 <= days <= LONGEST_LIFE_DAYS:
        sentence = _("Choose 1 to %(most)d days.") % {"most": LONGEST_LIFE_DAYS}
        raise Invalid(sentence, fields={"days": [sentence]})
    now = clock.now()
    earlier = key_of(grant)
    if earlier is not None:
        earlier.revoked_at = now
        earlier.save(update_fields=["revoked_at"])
    secret, digest = new_secret(PREFIX)
    key = GrantKey.objects.create(
        grant=grant,
        person_id=by.person_id,
        digest=digest,
        expires_at=min(now + timedelta(days=days), grant.expires_at),
        with_second_factor=by.passed_second_factor,
    )
    record(
        GrantKeyMade(
            subject=f"grant:{grant.pk}", about=grant.concerns, replaces=earlier is not None
        ),
        by=by,
    )
    return IssuedKey(key, secret)


@transaction.atomic
def revoke_grant_key(key_id: UUID, *, by: Actor) -> GrantKey:
    """Stop a key from opening anything. Revoking it again changes nothing.

    Raises:
        NotFound: there is no such key among those the actor may see.
        NotAllowed: the actor is no buyer of the organization that bought.
    """
    key = locked(keys_visible_to(by), pk=key_id)
    check_stops_key(key, by)
    if key.revoked_at is not None:
        return key
    check_revoke_grant_key(key, by)
    key.revoked_at = clock.now()
    key.save(update_fields=["revoked_at"])
    record(GrantKeyRevoked(subject=f"grant:{key.grant_id}", about=key.grant.concerns), by=by)
    return key


def use_grant_key(secret: str) -> UsedKey | None:
    """Find the key of a secret and note the day of its use.

    Raises:
        NotAllowed: the person's role needs a second factor, and the key was made without it.
    """
    key = key_in_force(digest_of(secret))
    if key is None:
        return None
    by = actor_of(key.person, door=Door.API, passed_second_factor=key.with_second_factor)
    refuse_without_second_factor(by)
    if key.last_used_on != clock.today():
        key.last_used_on = clock.today()
        key.save(update_fields=["last_used_on"])
    return UsedKey(key, by)
