"""Who acts at this moment: with which roles, and whether with the second factor."""

from uuid import UUID

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.utils.translation import gettext as _

from marketplace.accounts.organization.models import Organization
from marketplace.accounts.organization.states import OrganizationState
from marketplace.accounts.person.models import Person
from marketplace.accounts.person.selectors import other_accounts_of
from marketplace.accounts.roles import ACTING
from marketplace.accounts.suspension import refuse_suspended
from marketplace.core import Actor, Door, NotAllowed

EVERYBODY, NO_ROLE = "everybody", "no-role"
"""What the setting of the second factor may name besides roles: all, and whoever holds none."""


def actor_of(
    person: Person,
    *,
    door: Door,
    passed_second_factor: bool = False,
    token_id: UUID | None = None,
    scopes: frozenset[str] | None = None,
) -> Actor:
    """Make the actor of a signed-in person, with the roles they may use at this moment.

    Who acts by a token has the scopes that are open to it now.

    One query, a second where the person holds no role, and another where they are known to hold
    other accounts. A pending, refused or suspended organization's people hold no role.
    """
    held: list[tuple[str, str]] = []
    if person.is_active:
        grants = person.role_grants.filter(person__organization__state=OrganizationState.VERIFIED)
        held = list(grants.values_list("role", "person__organization__kind"))
    others = other_accounts_of(person)
    roles = frozenset(role for role, _kind in held)
    return Actor(
        person_id=person.pk,
        organization_id=person.organization_id if roles & ACTING else None,
        member_of=person.organization_id,
        is_suspended=not held and _is_suspended(person.organization_id),
        organization_kind=held[0][1] if held else "",
        roles=roles,
        door=door,
        passed_second_factor=passed_second_factor,
        other_accounts=frozenset(others),
        other_organizations=frozenset(filter(None, others.values())),
        token_id=token_id,
        scopes=scopes,
    )


def _is_suspended(organization_id: UUID | None) -> bool:
    suspended = Organization.objects.filter(state=OrganizationState.SUSPENDED)
    return organization_id is not None and suspended.filter(pk=organization_id).exists()


def second_factor_of(person_id: UUID | None) -> str:
    """Return the kind of second factor that a person has set up, "" for none; an app before a key.

    Recovery codes alone are none: they stand in for one that is lost.
    """
    types = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
    rows = Authenticator.objects.filter(user_id=person_id, type__in=types).order_by("type")
    return rows.values_list("type", flat=True).first() or ""


def lacks_second_factor(by: Actor) -> bool:
    """Return whether the actor needs a second factor that was not given.

    Who passed one and has removed it since has none either.
    """
    asked: list[str] = settings.CENTRE["SECOND_FACTOR_ROLES"]
    is_named = by.has(*asked) or EVERYBODY in asked or (NO_ROLE in asked and not by.roles)
    if not by.is_signed_in or not is_named:
        return False
    return not (by.passed_second_factor and second_factor_of(by.person_id) != "")


def refuse_program(by: Actor) -> None:
    """Refuse a program's token or key that opens nothing in place of its person.

    Raises:
        NotAllowed: the person needs a second factor, and the token was made without it
            (`token-without-second-factor`); or their organization is suspended
            (`organization-suspended`).
    """
    refuse_suspended(by)
    if lacks_second_factor(by):
        raise NotAllowed(
            _(
                "The person of this token needs a second factor, and the token was made "
                "without one. Set up a second factor, sign in with it, and make a new token."
            ),
            code="token-without-second-factor",
        )
