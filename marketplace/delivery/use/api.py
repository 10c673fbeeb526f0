from uuid import UUID

from marketplace.core import Actor
from marketplace.delivery.use import serializers
from marketplace.delivery.use.selectors import RunningMonth, running_month_visible_to
from marketplace.web.api import ThingView


class GrantRunningMonth(ThingView):
    """What the use of this month costs so far, by the code that bills it; not yet invoiced."""

    gives = serializers.RunningMonthOut
    operation = "get_grant_running_month"
    summary = "Get what this month's use of a grant costs so far"

    def thing(self, by: Actor, **ids: UUID) -> RunningMonth:
        return running_month_visible_to(by, ids["pk"])
