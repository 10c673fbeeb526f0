from collections.abc import Mapping
from types import MappingProxyType

from django.utils.translation import gettext as _

from marketplace.core import Actor, Allowed, NotAllowed, Rule, WrongState, allowed
from marketplace.delivery.grant.rules import may_download
from marketplace.delivery.use.models import GrantKey


def check_stops_key(key: GrantKey, by: Actor) -> None:
    """Refuse who stops no keys of a grant.

    Raises:
        NotAllowed: the actor is no buyer of the organization that bought.
    """
    if not may_download(by, key.grant):
        raise NotAllowed(_("Only the buyer can revoke a key to this data."))


def check_revoke_grant_key(key: GrantKey, by: Actor) -> None:
    """Refuse to stop a key.

    Raises:
        NotAllowed: the actor is no buyer of the organization that bought.
        WrongState: it is revoked already.
    """
    check_stops_key(key, by)
    if key.revoked_at is not None:
        raise WrongState(_("This key is revoked already."))


ACTS_ON_KEY: Mapping[str, Rule[GrantKey]] = MappingProxyType(
    {"revoke_grant_key": check_revoke_grant_key}
)


def acts_on_key(key: GrantKey, by: Actor) -> Allowed:
    return allowed(ACTS_ON_KEY, key, by)
