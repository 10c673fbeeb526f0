"""The API of keys and uses."""

from __future__ import annotations

from uuid import UUID

from marketplace.core.actor import Actor
from marketplace.core.scopes import Scope
from marketplace.delivery.grant import selectors as grant_selectors
from marketplace.delivery.use import selectors, serializers
from marketplace.delivery.use.selectors import RunningMonth, running_month_visible_to
from marketplace.delivery.use.services import make_grant_key, revoke_grant_key
from marketplace.web.api import ThingView, act_view, list_view, thing_view

MakeGrantKey = act_view(
    make_grant_key,
    scope=Scope.DELIVER,
    takes=serializers.KeyIn,
    gives=serializers.IssuedKeyOut,
    creates=True,
    made_at="get_grant_key",
    made_by="key.id",
    keeps_answer=False,
    summary="Make the key of a grant",
    about="Make the key of a grant for programs; an earlier one stops. The secret is told once.",
)

RevokeGrantKey = act_view(
    revoke_grant_key,
    scope=Scope.DELIVER,
    gives=serializers.KeyOut,
    summary="Revoke the key of a grant",
    about="Stop a key from opening anything.",
)

OneGrantKey = thing_view(
    selectors.keys_visible_to,
    operation="get_grant_key",
    gives=serializers.KeyOut,
    summary="Get the key of a grant",
    about="A key of a grant, without its secret.",
)

GrantUses = list_view(
    selectors.uses_of,
    of=grant_selectors.grants_visible_to,
    operation="list_grant_uses",
    gives=serializers.UseOut,
    summary="List the uses of a grant",
    about="Each time a program took something of a grant.",
)


class GrantRunningMonth(ThingView):
    """What the use of this month costs so far, by the code that bills it; not yet invoiced."""

    gives = serializers.RunningMonthOut
    operation = "get_grant_running_month"
    summary = "Get what this month's use of a grant costs so far"

    def thing(self, by: Actor, **ids: UUID) -> RunningMonth:
        return running_month_visible_to(by, ids["pk"])
