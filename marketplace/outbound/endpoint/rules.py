from collections.abc import Mapping
from types import MappingProxyType

from django.utils.translation import gettext as _

from marketplace.accounts.roles import Role
from marketplace.core import Actor, Allowed, NotAllowed, Rule, WrongState, allowed
from marketplace.outbound.endpoint.models import Endpoint
from marketplace.outbound.endpoint.states import ENDPOINT, EndpointState


def check_register_endpoint(_nothing: object, by: Actor) -> None:
    """Refuse to register an endpoint.

    Raises:
        NotAllowed: the actor is no owner, officer or buyer.
    """
    if by.organization_id is None or not by.has(Role.OWNER, Role.OFFICER, Role.BUYER):
        raise NotAllowed(
            _("Only an owner, a data officer or a buyer of an organization looks after webhooks.")
        )


def check_manage_endpoint(endpoint: Endpoint, by: Actor) -> None:
    """Refuse to change an endpoint.

    Raises:
        NotAllowed: the actor is no owner, officer or buyer of its organization.
        WrongState: it is closed (`endpoint-closed`).
    """
    check_register_endpoint(None, by)
    if endpoint.state == EndpointState.CLOSED:
        raise WrongState(
            _("This webhook is closed. Register the address again."), code="endpoint-closed"
        )


def check_enable_endpoint(endpoint: Endpoint, by: Actor) -> None:
    """Refuse to enable an endpoint.

    Raises:
        NotAllowed: as for `check_manage_endpoint`.
        WrongState: it is not disabled.
    """
    check_manage_endpoint(endpoint, by)
    ENDPOINT.check(endpoint, EndpointState.IN_USE)


def check_use_endpoint(endpoint: Endpoint, by: Actor) -> None:
    """Refuse to send something to an endpoint.

    Raises:
        NotAllowed: as for `check_manage_endpoint`.
        WrongState: it is closed, or disabled (`endpoint-disabled`).
    """
    check_manage_endpoint(endpoint, by)
    if endpoint.state == EndpointState.DISABLED:
        raise WrongState(_("This webhook is disabled. Enable it first."), code="endpoint-disabled")


ACTS_ON_ENDPOINT: Mapping[str, Rule[Endpoint]] = MappingProxyType(
    {
        "choose_events": check_manage_endpoint,
        "rotate_secret": check_manage_endpoint,
        "enable_endpoint": check_enable_endpoint,
        "try_endpoint": check_use_endpoint,
        "close_endpoint": check_manage_endpoint,
    }
)


def acts_on_endpoint(endpoint: Endpoint, by: Actor) -> Allowed:
    return allowed(ACTS_ON_ENDPOINT, endpoint, by)
