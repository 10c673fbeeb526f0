"""The addresses of the delivery app."""

from django.urls import path

from marketplace.delivery import api, rows_api, sharing_api, views
from marketplace.delivery.report import api as report_api
from marketplace.delivery.report import views as report_views
from marketplace.delivery.sandbox import api as sandbox_api
from marketplace.delivery.sandbox import views as sandbox_views

urlpatterns = [
    path("orders/<uuid:pk>/grant/", views.order_grant, name="order_grant"),
    path("orders/<uuid:pk>/copy/", views.order_copy, name="order_copy"),
    path("orders/<uuid:pk>/copy/retry/", views.order_copy_retry, name="order_copy_retry"),
    path("grants/<uuid:pk>/", views.grant_detail, name="grant_detail"),
    path("grants/<uuid:pk>/download/", views.grant_download, name="grant_download"),
    path("grants/<uuid:pk>/codebook.json", views.grant_codebook, name="grant_codebook"),
    path("grants/<uuid:pk>/sandbox/", sandbox_views.grant_sandbox, name="grant_sandbox"),
    path("grants/<uuid:pk>/report/", report_views.grant_report, name="grant_report"),
    path("grants/<uuid:pk>/report.json", report_views.grant_report_file, name="grant_report_file"),
    path("grants/<uuid:pk>/ask/", sandbox_views.grant_ask, name="grant_ask"),
    path("answers/<uuid:pk>/", sandbox_views.answer_detail, name="answer_detail"),
    path("grants/<uuid:pk>/revoke/", views.grant_revoke, name="grant_revoke"),
    path("grants/<uuid:pk>/key/", views.grant_key_make, name="grant_key_make"),
    path("grant-keys/<uuid:pk>/revoke/", views.grant_key_revoke, name="grant_key_revoke"),
]

api_patterns = [
    path("orders/<uuid:pk>/grant/", api.OrderGrant.as_view(), name="api_get_order_grant"),
    path("orders/<uuid:pk>/copy/", api.OrderCopy.as_view(), name="api_get_order_copy"),
    path("orders/<uuid:pk>/copy/retry/", api.RetryCopy.as_view(), name="api_retry_copy"),
    path("grants/", api.Grants.as_view(), name="api_list_grants"),
    path("grants/<uuid:pk>/", api.OneGrant.as_view(), name="api_get_grant"),
    path("grants/<uuid:pk>/codebook/", api.GrantCodebook.as_view(), name="api_get_codebook"),
    path("grants/<uuid:pk>/download/", api.GrantDownload.as_view(), name="api_open_download"),
    path(
        "grants/<uuid:pk>/downloads/", api.GrantDownloads.as_view(), name="api_list_grant_downloads"
    ),
    path(
        "grants/<uuid:pk>/sandbox/",
        sandbox_api.GrantSandbox.as_view(),
        name="api_get_grant_sandbox",
    ),
    path("grants/<uuid:pk>/report/", report_api.GrantReport.as_view(), name="api_open_report"),
    path("grants/<uuid:pk>/ask/", sandbox_api.AskQuestion.as_view(), name="api_ask_question"),
    path(
        "grants/<uuid:pk>/answers/",
        sandbox_api.GrantAnswers.as_view(),
        name="api_list_grant_answers",
    ),
    path("grants/<uuid:pk>/revoke/", api.RevokeGrant.as_view(), name="api_revoke_grant"),
    path("grants/<uuid:pk>/key/", api.MakeGrantKey.as_view(), name="api_make_grant_key"),
    path("grant-keys/<uuid:pk>/revoke/", api.RevokeGrantKey.as_view(), name="api_revoke_grant_key"),
    path(
        "grants/<uuid:pk>/running-month/",
        api.GrantRunningMonth.as_view(),
        name="api_get_grant_running_month",
    ),
    path("grants/<uuid:pk>/uses/", api.GrantUses.as_view(), name="api_list_grant_uses"),
    path("grants/<uuid:pk>/rows/", rows_api.GrantRows.as_view(), name="api_get_grant_rows"),
    # As the Delta Sharing protocol has them: without a slash at the end.
    path("delta-sharing/shares", sharing_api.Shares.as_view(), name="sharing_shares"),
    path("delta-sharing/shares/<str:share>", sharing_api.OneShare.as_view(), name="sharing_share"),
    path(
        "delta-sharing/shares/<str:share>/schemas",
        sharing_api.Schemas.as_view(),
        name="sharing_schemas",
    ),
    path(
        "delta-sharing/shares/<str:share>/all-tables",
        sharing_api.AllTables.as_view(),
        name="sharing_all_tables",
    ),
    path(
        "delta-sharing/shares/<str:share>/schemas/<str:schema>/tables",
        sharing_api.Tables.as_view(),
        name="sharing_tables",
    ),
    *(
        path(
            f"delta-sharing/shares/<str:share>/schemas/<str:schema>/tables/<str:table>/{what}",
            view.as_view(),
            name=f"sharing_table_{what}",
        )
        for what, view in sharing_api.TABLE_VIEWS.items()
    ),
    path("delta-sharing/files/<str:signed>", sharing_api.SharedFile.as_view(), name="sharing_file"),
]
