from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


class TokenCreated(Fact, kind="accounts.token_created", label=_("API token created")):
    """A person made a key to the API."""

    scopes: tuple[str, ...]


class TokenRevoked(Fact, kind="accounts.token_revoked", label=_("API token revoked")):
    """A key to the API was revoked, or ended with what it rested on."""

    because: str


class TokenPolicySet(Fact, kind="accounts.token_policy_set", label=_("Policy for API tokens set")):
    """An organization said what its people's keys to the API may be used for, and how long."""

    scopes: tuple[str, ...]
    days: int
