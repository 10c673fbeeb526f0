from typing import Any

from marketplace.accounts.organization.models import Organization
from marketplace.accounts.token.serializers import (
    CreateTokenIn,
    IssuedTokenOut,
    TokenPolicyIn,
    TokenPolicyOut,
)
from marketplace.accounts.token.services import IssuedToken, create_token, set_token_policy
from marketplace.core import Actor, Scope
from marketplace.web.api import ActView


class CreateToken(ActView):
    """Make a key to the API; the secret is told once.

    One made by a token has no scope that this has not, and ends with it at the latest.
    """

    takes = CreateTokenIn
    gives = IssuedTokenOut
    creates = True
    made_at = "get_token"
    keeps_answer = False
    scope = Scope.ADMINISTER
    summary = "Create an API token"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> IssuedToken:
        return create_token(
            name=data["name"], days=data["days"], scopes=frozenset(data["scopes"]), by=by
        )


class SetTokenPolicy(ActView):
    """Say what the tokens of an organization's people may be used for, and their longest life.

    It holds at once for the tokens that there are.
    """

    takes = TokenPolicyIn
    gives = TokenPolicyOut
    scope = Scope.ADMINISTER
    summary = "Set the policy for tokens"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Organization:
        return set_token_policy(
            ids["pk"], scopes=frozenset(data["scopes"]), days=data["days"], by=by
        )
