from collections.abc import Mapping
from types import MappingProxyType

from django.utils.translation import gettext as _

from marketplace.accounts.actors import second_factor_of
from marketplace.accounts.organization.models import Organization
from marketplace.accounts.token.models import Token
from marketplace.accounts.token.policies import may_manage_token, may_set_token_policy
from marketplace.core import Actor, Allowed, NotAllowed, Rule, WrongState, allowed


def check_create_token(by: Actor) -> None:
    """Refuse to make a key to the API.

    Raises:
        NotAllowed: the actor holds no role at this moment, or has a second factor and did not give
            it (`second-factor-missing`).
    """
    if by.person_id is None or not by.roles:
        raise NotAllowed(_("Only people of a verified organization can make API tokens."))
    if not by.passed_second_factor and second_factor_of(by.person_id):
        raise NotAllowed(
            _("Sign in with your second factor first. A token opens what the factor protects."),
            code="second-factor-missing",
        )


def check_set_token_policy(organization: Organization, by: Actor) -> None:
    """Refuse to say what the tokens of an organization's people may be used for.

    Raises:
        NotAllowed: the actor is none of its owners, or for the centre no administrator.
    """
    if not may_set_token_policy(by, organization):
        raise NotAllowed(
            _(
                "The policy for tokens is set by an owner of the organization; that of the "
                "centre by its administrators."
            )
        )


def check_stops_token(token: Token, by: Actor) -> None:
    """Refuse who does not stop a token.

    Raises:
        NotAllowed: it is somebody else's.
    """
    if not may_manage_token(by, token):
        raise NotAllowed(_("You may revoke only your own tokens."))


def check_revoke_token(token: Token, by: Actor) -> None:
    """Refuse to stop a token.

    Raises:
        NotAllowed: it is somebody else's.
        WrongState: it is revoked already.
    """
    check_stops_token(token, by)
    if token.revoked_at is not None:
        raise WrongState(_("This token is revoked already."))


ACTS_ON_TOKEN: Mapping[str, Rule[Token]] = MappingProxyType({"revoke_token": check_revoke_token})


ACTS_ON_ACCOUNT: Mapping[str, Rule[None]] = MappingProxyType(
    {"create_token": lambda _account, by: check_create_token(by)}
)


def acts_on_token(token: Token, by: Actor) -> Allowed:
    return allowed(ACTS_ON_TOKEN, token, by)


def acts_on_account(by: Actor) -> Allowed:
    return allowed(ACTS_ON_ACCOUNT, None, by)
