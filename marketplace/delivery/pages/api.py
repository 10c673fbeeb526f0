from uuid import UUID

from marketplace.core import Actor
from marketplace.delivery.grant.models import Grant
from marketplace.delivery.grant.selectors import grant_visible_to
from marketplace.delivery.pages.serializers import OneGrantOut
from marketplace.web.api import ThingView


class OrderGrant(ThingView):
    """The grant of an order, not found until its access is open."""

    gives = OneGrantOut
    operation = "get_order_grant"
    summary = "Get the grant of an order"

    def thing(self, by: Actor, **ids: UUID) -> Grant:
        return grant_visible_to(by, ids["pk"])
