"""End tokens in the transaction of an act that asked who may."""

from collections.abc import Iterable
from uuid import UUID

from marketplace.accounts.person.models import Person
from marketplace.accounts.token.events import TokenRevoked
from marketplace.accounts.token.models import EndedBecause
from marketplace.accounts.token.selectors import tokens_made_by
from marketplace.core import Actor, clock
from marketplace.ledger.services.recording import record


def end_tokens(tokens: Iterable[UUID], because: EndedBecause, *, by: Actor) -> None:
    """Stop tokens for a reason, and those that were made by them."""
    named = set(tokens)
    for token in tokens_made_by(named):
        reason = because if token.pk in named else EndedBecause.MAKER
        token.revoked_at, token.revoked_because = clock.now(), reason
        token.save(update_fields=["revoked_at", "revoked_because"])
        record(
            TokenRevoked(
                subject=f"token:{token.pk}",
                about=(f"person:{token.person_id}",),
                because=reason.value,
            ),
            by=by,
        )


def end_tokens_of(person: Person, because: EndedBecause, *, by: Actor) -> None:
    """Stop all tokens of a person for a reason, and those that were made by them."""
    end_tokens(person.tokens.values_list("pk", flat=True), because, by=by)
