from django.urls import path
from django.utils.translation import gettext_lazy as _

from marketplace.delivery.grant.forms import RevokeForm
from marketplace.delivery.grant.selectors import grants_visible_to
from marketplace.delivery.grant.services import revoke_grant
from marketplace.delivery.pages import api, views
from marketplace.delivery.pages.serializers import OneGrantOut
from marketplace.web.act_pages import form_page
from marketplace.web.api import thing_view

urlpatterns = [
    path("grants/<uuid:pk>/", views.grant_detail, name="grant_detail"),
    form_page(
        "grants/<uuid:pk>/revoke/",
        revoke_grant,
        RevokeForm,
        done=_("The access is revoked."),
        onto="grant_detail",
        again=views.grant_page,
        of=grants_visible_to,
        name="grant_revoke",
    ),
    path("grants/<uuid:pk>/key/", views.grant_key_make, name="grant_key_make"),
]

api_patterns = [
    path("orders/<uuid:pk>/grant/", api.OrderGrant.as_view(), name="api_get_order_grant"),
    thing_view(
        "grants/<uuid:pk>/",
        grants_visible_to,
        operation="get_grant",
        gives=OneGrantOut,
        about="A grant, and the acts on it that are open to the caller.",
    ),
]
