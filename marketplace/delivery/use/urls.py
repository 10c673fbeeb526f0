from django.urls import path
from django.utils.translation import gettext_lazy as _

from marketplace.core import Scope
from marketplace.delivery.grant.selectors import grants_visible_to
from marketplace.delivery.use import api, rows_api
from marketplace.delivery.use.selectors import keys_visible_to, uses_of
from marketplace.delivery.use.serializers import IssuedKeyOut, KeyOut, UseOut
from marketplace.delivery.use.services import make_grant_key, revoke_grant_key
from marketplace.web.act_pages import act_page
from marketplace.web.api import act_view, list_view, thing_view
from marketplace.web.taking import serializer_of

urlpatterns = [
    act_page(
        "grant-keys/<uuid:pk>/revoke/",
        revoke_grant_key,
        done=_("The key is revoked: it opens nothing any more."),
        onto="grant_detail",
        at="grant_id",
        name="grant_key_revoke",
    ),
]

api_patterns = [
    act_view(
        "grants/<uuid:pk>/make-key/",
        make_grant_key,
        scope=Scope.DELIVER,
        takes=serializer_of(make_grant_key, name="KeyIn", about="How long a key opens the data."),
        gives=IssuedKeyOut,
        creates=True,
        made_at="get_grant_key",
        made_by="key.id",
        keeps_answer=False,
        summary="Make the key of a grant",
        about=(
            "Make the key of a grant for programs; an earlier one stops. The secret is told once. "
        ),
    ),
    thing_view(
        "grant-keys/<uuid:pk>/",
        keys_visible_to,
        operation="get_grant_key",
        gives=KeyOut,
        summary="Get the key of a grant",
        about="A key of a grant, without its secret.",
    ),
    act_view(
        "grant-keys/<uuid:pk>/revoke/",
        revoke_grant_key,
        scope=Scope.DELIVER,
        gives=KeyOut,
        summary="Revoke the key of a grant",
        about="Stop a key from opening anything.",
    ),
    path(
        "grants/<uuid:pk>/running-month/",
        api.GrantRunningMonth.as_view(),
        name="api_get_grant_running_month",
    ),
    list_view(
        "grants/<uuid:pk>/uses/",
        uses_of,
        of=grants_visible_to,
        operation="list_grant_uses",
        gives=UseOut,
        summary="List the uses of a grant",
        about="Each time a program took something of a grant.",
    ),
    path("grants/<uuid:pk>/rows/", rows_api.GrantRows.as_view(), name="api_get_grant_rows"),
]
