from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet

from marketplace.accounts.organization.models import Organization
from marketplace.accounts.organization.selectors import own_organization
from marketplace.accounts.roles import Role
from marketplace.accounts.token.models import Token
from marketplace.core import Actor, Scope, clock


def scopes_of(token: Token) -> frozenset[str]:
    """Return what a token may be used for now: less, where its organization's policy says so."""
    organization = token.person.organization
    return frozenset(token.scopes) & frozenset(organization.token_scopes if organization else ())


def ends_at(token: Token) -> datetime:
    """Return when a token ends: earlier, where its organization's policy is shorter by now."""
    organization = token.person.organization
    longest = timedelta(days=organization.token_days if organization else 0)
    return min(token.expires_at, token.created_at + longest)


def tokens_visible_to(by: Actor) -> QuerySet[Token]:
    """Return the actor's own tokens; the administrator sees all."""
    rows = Token.objects.select_related("person__organization")
    if by.is_system:
        return rows
    if by.person_id is None:
        return rows.none()
    return rows if by.has(Role.ADMINISTRATOR) else rows.filter(person_id=by.person_id)


def token_in_force(digest: str) -> Token | None:
    """Find a token by its digest, where it is neither revoked nor expired."""
    found = (
        Token.objects.select_related("person__organization")
        .filter(digest=digest, revoked_at=None, expires_at__gt=clock.now(), person__is_active=True)
        .first()
    )
    return found if found is not None and ends_at(found) > clock.now() else None


def tokens_made_by(tokens: Iterable[UUID]) -> list[Token]:
    """Return the tokens in force that were made by some tokens, by those that they made, and so on.

    The makers themselves come first.
    """
    found: dict[UUID, Token] = {}
    rows = Token.objects.select_related("person").filter(revoked_at=None)
    coming = list(rows.filter(pk__in=set(tokens)))
    while coming:
        found |= {token.pk: token for token in coming}
        coming = list(rows.filter(made_by__in=[token.pk for token in coming]).exclude(pk__in=found))
    return list(found.values())


@dataclass(frozen=True)
class TokenPolicy:
    """What the tokens of somebody may be used for, and how many days they live at most."""

    scopes: tuple[Scope, ...]
    days: int


def token_policy_of(organization: Organization) -> TokenPolicy:
    allowed = organization.token_scopes
    return TokenPolicy(tuple(each for each in Scope if each in allowed), organization.token_days)


def token_policy_for(by: Actor) -> TokenPolicy:
    """Return the policy of the actor's organization; nothing for whoever belongs to none."""
    own = own_organization(by)
    return TokenPolicy((), 0) if own is None else token_policy_of(own)


@dataclass(frozen=True)
class TokenRow:
    """A token as it stands: what is open to it now, until when, and whether it has ended."""

    token: Token
    scopes: tuple[Scope, ...]
    ends_at: datetime
    has_ended: bool


def token_rows(by: Actor) -> list[TokenRow]:
    rows = []
    for token in tokens_visible_to(by):
        open_now, end = scopes_of(token), ends_at(token)
        rows.append(
            TokenRow(
                token=token,
                scopes=tuple(each for each in Scope if each in open_now),
                ends_at=end,
                has_ended=token.revoked_at is not None or end <= clock.now(),
            )
        )
    return rows
