from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.accounts.actors import actor_of, refuse_program
from marketplace.accounts.organization.models import LONGEST_LIFE_DAYS, Organization
from marketplace.accounts.organization.selectors import organizations_visible_to
from marketplace.accounts.person.models import Person
from marketplace.accounts.person.selectors import own_account
from marketplace.accounts.secrets import digest_of, new_secret
from marketplace.accounts.token.changes import end_tokens
from marketplace.accounts.token.events import TokenCreated, TokenPolicySet
from marketplace.accounts.token.models import EndedBecause, Token
from marketplace.accounts.token.networks import network_of
from marketplace.accounts.token.rules import (
    check_create_token,
    check_revoke_token,
    check_set_token_policy,
    check_stops_token,
)
from marketplace.accounts.token.selectors import (
    ends_at,
    scopes_of,
    token_in_force,
    tokens_made_by,
    tokens_visible_to,
)
from marketplace.core import (
    Actor,
    Door,
    Invalid,
    NotAllowed,
    Scope,
    clock,
    locked,
    longest_of,
    visible,
)
from marketplace.core.arguments import Several, Text, Whole
from marketplace.core.scopes import EVERY
from marketplace.ledger.services.recording import record

NAME = Text(
    label=gettext_lazy("Name"),
    help=gettext_lazy("What will use it?"),
    longest=longest_of(Token, "name"),
)
SCOPES = Several(label=gettext_lazy("What it may be used for"), choices=Scope)
DAYS = Whole(label=gettext_lazy("Days until it expires"))
USUAL_DAYS = 90
POLICY_SCOPES = Several(
    label=gettext_lazy("What tokens may be used for"),
    help=gettext_lazy("With none, tokens open nothing."),
    choices=Scope,
)
LONGEST_LIFE = Whole(label=gettext_lazy("Longest life in days"))


def usual_days(longest: int) -> int:
    """Return for how many days a token lives unless it is said."""
    return min(USUAL_DAYS, longest)


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
def create_token(
    *,
    name: Annotated[str, NAME],
    scopes: Annotated[Collection[str], SCOPES],
    days: Annotated[int | None, DAYS] = None,
    by: Actor,
) -> IssuedToken:
    """Make a key to the API for the actor; the secret is answered once.

    Where a program makes it by a token of its own, it has no scope that this one has not, and ends
    with it at the latest. Unless it is said, it lives as long as the organization lets tokens, and
    90 days at most.

    Raises:
        NotAllowed: the actor holds no role at this moment, or their session was opened without
            the second factor that they have (`second-factor-missing`); or the token by which they
            act has ended.
        Invalid: the name or the scopes are missing, a scope is not one that the organization
            lets tokens have or that the maker has, or the life is not 1 day to the organization's
            longest.
    """
    check_create_token(by)
    # Its lock also keeps a new password, and other roles, from overlooking the new token.
    person = locked(own_account(by).exclude(organization=None), pk=str(by.person_id))
    maker = tokens_made_by([by.token_id])[:1] if by.token_id else []
    if by.token_id and not maker:
        raise NotAllowed(_("The token that you act by has ended."), code="token-ended")
    assert person.organization is not None, "Whoever holds a role belongs to one."
    days = usual_days(person.organization.token_days) if days is None else days
    opened = frozenset(scopes)
    _check_token(person, name=name, days=days, scopes=opened, by=by)
    ends = [clock.now() + timedelta(days=days), *(ends_at(each) for each in maker)]
    secret, digest = new_secret("dtc")
    token = Token.objects.create(
        person=person,
        name=name.strip(),
        digest=digest,
        expires_at=min(ends),
        scopes=sorted(opened),
        made_by=maker[0] if maker else None,
        with_second_factor=by.passed_second_factor,
    )
    record(
        TokenCreated(
            subject=f"token:{token.pk}",
            about=(f"person:{person.pk}",),
            scopes=tuple(sorted(opened)),
        ),
        by=by,
    )
    return IssuedToken(token, secret)


def _check_token(
    person: Person, *, name: str, days: int, scopes: frozenset[str], by: Actor
) -> None:
    assert person.organization is not None, "Whoever holds a role belongs to one."
    longest, allowed = person.organization.token_days, frozenset(person.organization.token_scopes)
    fields: dict[str, list[str]] = {}
    if not name.strip():
        fields["name"] = [_("Give it a name, so that you know later what uses it.")]
    if not 1 <= days <= longest:
        fields["days"] = [_("Choose 1 to %(most)d days.") % {"most": longest}]
    if not scopes or not scopes <= EVERY:
        fields["scopes"] = [_("Choose what it may be used for.")]
    elif not scopes <= allowed:
        fields["scopes"] = [
            _("Your organization lets tokens have only these scopes: %(scopes)s.")
            % {"scopes": _named(allowed)}
        ]
    elif by.scopes is not None and not scopes <= by.scopes:
        fields["scopes"] = [_("A token cannot give a scope that it does not have.")]
    if fields:
        raise Invalid(_("The token needs corrections."), fields=fields)


def _named(scopes: frozenset[str]) -> str:
    return ", ".join(str(scope.label) for scope in Scope if scope.value in scopes)


@transaction.atomic
def revoke_token(token_id: UUID, *, by: Actor) -> Token:
    """Stop a token, and those that were made by it. Revoking it again changes nothing.

    Raises:
        NotFound: there is no such token among those the actor may see.
        NotAllowed: it is somebody else's.
    """
    token = locked(tokens_visible_to(by), pk=token_id)
    check_stops_token(token, by)
    if token.revoked_at is not None:
        return token
    check_revoke_token(token, by)
    end_tokens([token.pk], EndedBecause.REVOKED, by=by)
    return visible(tokens_visible_to(by), pk=token_id)


def use_token(secret: str, *, address: str) -> UsedToken | None:
    """Find the token of a secret, and note the day of its use and the network it came from.

    Raises:
        NotAllowed: the token was made without the second factor that its person needs, or their
            organization is suspended (`organization-suspended`).
    """
    token = token_in_force(digest_of(secret))
    if token is None:
        return None
    by = actor_of(
        token.person,
        door=Door.API,
        passed_second_factor=token.with_second_factor,
        token_id=token.pk,
        scopes=scopes_of(token),
    )
    refuse_program(by)
    seen = (clock.today(), network_of(address))
    if (token.last_used_on, token.last_used_from) != seen:
        token.last_used_on, token.last_used_from = seen
        token.save(update_fields=["last_used_on", "last_used_from"])
    return UsedToken(token, by)


@transaction.atomic
def set_token_policy(
    organization_id: UUID,
    *,
    scopes: Annotated[Collection[str], POLICY_SCOPES] = (),
    days: Annotated[int, LONGEST_LIFE],
    by: Actor,
) -> Organization:
    """Say what the tokens of an organization's people may be used for, and how long they live.

    It holds at once for those that were made before. The same again changes nothing.

    Raises:
        NotFound: there is no such organization among those the actor may see.
        NotAllowed: the actor does not manage its people.
        Invalid: a scope is none, or the life is not 1 to 365 days.
    """
    organization = locked(organizations_visible_to(by), pk=organization_id)
    check_set_token_policy(organization, by)
    fields: dict[str, list[str]] = {}
    opened = frozenset(scopes)
    if not opened <= EVERY:
        fields["scopes"] = [_("Choose from these: %(scopes)s.") % {"scopes": _named(EVERY)}]
    if not 1 <= days <= LONGEST_LIFE_DAYS:
        fields["days"] = [_("Choose 1 to %(most)d days.") % {"most": LONGEST_LIFE_DAYS}]
    if fields:
        raise Invalid(_("The policy needs corrections."), fields=fields)
    if (frozenset(organization.token_scopes), organization.token_days) == (opened, days):
        return organization
    organization.token_scopes, organization.token_days = sorted(opened), days
    organization.save(update_fields=["token_scopes", "token_days"])
    record(
        TokenPolicySet(
            subject=f"organization:{organization.pk}", scopes=tuple(sorted(opened)), days=days
        ),
        by=by,
    )
    return organization
