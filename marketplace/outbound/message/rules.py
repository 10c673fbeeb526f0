from collections.abc import Mapping
from types import MappingProxyType

from django.utils.translation import gettext as _

from marketplace.core import Actor, Allowed, NotAllowed, Rule, WrongState, allowed
from marketplace.outbound.endpoint.rules import check_use_endpoint
from marketplace.outbound.message.models import Message
from marketplace.outbound.message.states import MessageState


def check_resend_message(message: Message, by: Actor) -> None:
    """Refuse to send a message again.

    Raises:
        NotAllowed: the actor is no owner, officer or buyer of the organization.
        WrongState: the endpoint is closed or disabled, or the message is being sent anyway
            (`message-waiting`).
    """
    check_use_endpoint(message.endpoint, by)
    if message.state == MessageState.WAITING and message.tries == 0:
        raise WrongState(
            _("This message is about to be sent. Reload the page in a moment."),
            code="message-waiting",
        )


def check_sends(by: Actor) -> None:
    """Refuse who is not the centre's software.

    Raises:
        NotAllowed: somebody else asks.
    """
    if not by.is_system:
        raise NotAllowed(_("The centre's software does this by itself."))


ACTS_ON_MESSAGE: Mapping[str, Rule[Message]] = MappingProxyType(
    {"resend_message": check_resend_message}
)


def acts_on_message(message: Message, by: Actor) -> Allowed:
    return allowed(ACTS_ON_MESSAGE, message, by)
