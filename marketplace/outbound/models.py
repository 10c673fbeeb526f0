from marketplace.outbound.endpoint.models import Endpoint
from marketplace.outbound.lineage.models import LineageEvent
from marketplace.outbound.message.models import Message, Try

__all__ = ["Endpoint", "LineageEvent", "Message", "Try"]
