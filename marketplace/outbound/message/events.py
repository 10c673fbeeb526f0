"""What happens to messages; that one was sent is no fact of the ledger, its page has it."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


@dataclass(frozen=True, kw_only=True)
class EndpointTried(Fact):
    """Somebody has a message sent to see whether an endpoint works."""

    kind = "outbound.endpoint_tried"
    label = _("Webhook tried")


@dataclass(frozen=True, kw_only=True)
class MessageResent(Fact):
    """Somebody has a message sent again."""

    kind = "outbound.message_resent"
    label = _("Webhook message sent again")
