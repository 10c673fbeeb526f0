from django.urls import path
from django.utils.translation import gettext_lazy as _

from marketplace.core import Scope
from marketplace.delivery.grant import api, views
from marketplace.delivery.grant.filters import GrantFilters
from marketplace.delivery.grant.selectors import downloads_of, grants_visible_to, told_revisions
from marketplace.delivery.grant.serializers import (
    CopyOut,
    DownloadOut,
    GivenRevisionOut,
    GrantOut,
    RevokeIn,
)
from marketplace.delivery.grant.services import retry_copy, revoke_grant
from marketplace.delivery.grant.tables import GrantTable
from marketplace.web.act_pages import act_page
from marketplace.web.api import act_view, list_view
from marketplace.web.lists import list_of

urlpatterns = [
    path("orders/<uuid:pk>/grant/", views.order_grant, name="order_grant"),
    path("orders/<uuid:pk>/copy/", views.order_copy, name="order_copy"),
    act_page(
        "orders/<uuid:pk>/copy/retry/",
        retry_copy,
        done=_("A worker writes the copy again."),
        onto="order_grant",
        name="order_copy_retry",
    ),
    list_of(
        "grants/",
        grants_visible_to,
        GrantTable,
        "delivery/grant_list.html",
        filters=GrantFilters,
        name="grant_list",
    ),
    path("grants/<uuid:pk>/download/", views.grant_download, name="grant_download"),
    path("grants/<uuid:pk>/codebook.json", views.grant_codebook, name="grant_codebook"),
    path("grants/<uuid:pk>/manifest.json", views.grant_manifest, name="grant_manifest"),
]

api_patterns = [
    path("orders/<uuid:pk>/copy/", api.OrderCopy.as_view(), name="api_get_order_copy"),
    act_view(
        "orders/<uuid:pk>/copy/retry/",
        retry_copy,
        scope=Scope.DELIVER,
        gives=CopyOut,
        summary="Write the buyer's copy again",
    ),
    list_view(
        "grants/",
        grants_visible_to,
        operation="list_grants",
        filters=GrantFilters,
        gives=GrantOut,
        about="The grants that one bought or sold; all for the centre's staff.",
    ),
    path("grants/<uuid:pk>/codebook/", api.GrantCodebook.as_view(), name="api_get_codebook"),
    path("grants/<uuid:pk>/download/", api.GrantDownload.as_view(), name="api_open_download"),
    list_view(
        "grants/<uuid:pk>/revisions/",
        told_revisions,
        of=grants_visible_to,
        operation="list_grant_revisions",
        gives=GivenRevisionOut,
        summary="List the revisions of a grant",
        about="What a grant gave since it was issued, newest first: the manifest of each revision.",
    ),
    list_view(
        "grants/<uuid:pk>/downloads/",
        downloads_of,
        of=grants_visible_to,
        operation="list_grant_downloads",
        gives=DownloadOut,
        summary="List the downloads of a grant",
        about="Each time the bytes of a grant were asked for.",
    ),
    act_view(
        "grants/<uuid:pk>/revoke/",
        revoke_grant,
        scope=Scope.ADMINISTER,
        takes=RevokeIn,
        gives=GrantOut,
        about="Take access back, with a reason that both sides read.",
    ),
]
