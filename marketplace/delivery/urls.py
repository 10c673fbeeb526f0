"""The addresses of the delivery app."""

from django.urls import path

from marketplace.delivery import api, rows_api, views

urlpatterns = [
    path("orders/<uuid:pk>/grant/", views.order_grant, name="order_grant"),
    path("grants/<uuid:pk>/", views.grant_detail, name="grant_detail"),
    path("grants/<uuid:pk>/download/", views.grant_download, name="grant_download"),
    path("grants/<uuid:pk>/revoke/", views.grant_revoke, name="grant_revoke"),
    path("grants/<uuid:pk>/key/", views.grant_key_make, name="grant_key_make"),
    path("grant-keys/<uuid:pk>/revoke/", views.grant_key_revoke, name="grant_key_revoke"),
]

api_patterns = [
    path("grants/", api.Grants.as_view(), name="api_list_grants"),
    path("grants/<uuid:pk>/", api.OneGrant.as_view(), name="api_get_grant"),
    path("grants/<uuid:pk>/download/", api.GrantDownload.as_view(), name="api_open_download"),
    path(
        "grants/<uuid:pk>/downloads/", api.GrantDownloads.as_view(), name="api_list_grant_downloads"
    ),
    path("grants/<uuid:pk>/revoke/", api.RevokeGrant.as_view(), name="api_revoke_grant"),
    path("grants/<uuid:pk>/key/", api.MakeGrantKey.as_view(), name="api_make_grant_key"),
    path("grant-keys/<uuid:pk>/revoke/", api.RevokeGrantKey.as_view(), name="api_revoke_grant_key"),
    path("grants/<uuid:pk>/uses/", api.GrantUses.as_view(), name="api_list_grant_uses"),
    path("grants/<uuid:pk>/rows/", rows_api.GrantRows.as_view(), name="api_get_grant_rows"),
]
