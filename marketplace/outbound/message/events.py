"""What happens to messages; that one was sent is no fact of the ledger, its page has it."""

from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


class EndpointTried(Fact, kind="outbound.endpoint_tried", label=_("Webhook tried")):
    """Somebody has a message sent to see whether an endpoint works."""


class MessageResent(Fact, kind="outbound.message_resent", label=_("Webhook message sent again")):
    """Somebody has a message sent again."""
