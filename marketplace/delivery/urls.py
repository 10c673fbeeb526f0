"""The addresses of the delivery app."""

from django.urls import path

from marketplace.delivery.changelog import api as changelog_api
from marketplace.delivery.changelog import views as changelog_views
from marketplace.delivery.changes import api as changes_api
from marketplace.delivery.dossier import api as dossier_api
from marketplace.delivery.dossier import views as dossier_views
from marketplace.delivery.grant import api as grant_api
from marketplace.delivery.grant import views as grant_views
from marketplace.delivery.report import api as report_api
from marketplace.delivery.report import views as report_views
from marketplace.delivery.sandbox import api as sandbox_api
from marketplace.delivery.sandbox import views as sandbox_views
from marketplace.delivery.scoring import api as scoring_api
from marketplace.delivery.scoring import views as scoring_views
from marketplace.delivery.sharing import api as sharing_api
from marketplace.delivery.use import api as use_api
from marketplace.delivery.use import rows_api
from marketplace.delivery.use import views as use_views

urlpatterns = [
    path("orders/<uuid:pk>/papers/", dossier_views.order_papers, name="order_papers"),
    path("orders/<uuid:pk>/papers.zip", dossier_views.order_archive, name="order_archive"),
    path("orders/<uuid:pk>/papers/<path:name>", dossier_views.order_paper, name="order_paper"),
    path("orders/<uuid:pk>/dossier/", dossier_views.order_dossier, name="order_dossier"),
    path(
        "orders/<uuid:pk>/dossier.zip",
        dossier_views.order_dossier_archive,
        name="order_dossier_archive",
    ),
    path("orders/<uuid:pk>/grant/", grant_views.order_grant, name="order_grant"),
    path("orders/<uuid:pk>/copy/", grant_views.order_copy, name="order_copy"),
    path("orders/<uuid:pk>/copy/retry/", grant_views.order_copy_retry, name="order_copy_retry"),
    path("grants/", grant_views.grant_list, name="grant_list"),
    path("grants/<uuid:pk>/", grant_views.grant_detail, name="grant_detail"),
    path("grants/<uuid:pk>/download/", grant_views.grant_download, name="grant_download"),
    path("grants/<uuid:pk>/codebook.json", grant_views.grant_codebook, name="grant_codebook"),
    path("grants/<uuid:pk>/manifest.json", grant_views.grant_manifest, name="grant_manifest"),
    path("grants/<uuid:pk>/sandbox/", sandbox_views.grant_sandbox, name="grant_sandbox"),
    path("grants/<uuid:pk>/report/", report_views.grant_report, name="grant_report"),
    path("grants/<uuid:pk>/report.json", report_views.grant_report_file, name="grant_report_file"),
    path("grants/<uuid:pk>/ask/", sandbox_views.grant_ask, name="grant_ask"),
    path("answers/<uuid:pk>/", sandbox_views.answer_detail, name="answer_detail"),
    path("grants/<uuid:pk>/changelog/", changelog_views.grant_changelog, name="grant_changelog"),
    path("grants/<uuid:pk>/score/", scoring_views.grant_score, name="grant_score"),
    path(
        "grants/<uuid:pk>/score-table/",
        scoring_views.grant_score_table,
        name="grant_score_table",
    ),
    path("grants/<uuid:pk>/revoke/", grant_views.grant_revoke, name="grant_revoke"),
    path("grants/<uuid:pk>/key/", use_views.grant_key_make, name="grant_key_make"),
    path("grant-keys/<uuid:pk>/revoke/", use_views.grant_key_revoke, name="grant_key_revoke"),
]

api_patterns = [
    path("orders/<uuid:pk>/papers/", dossier_api.OrderPapers.as_view(), name="api_list_papers"),
    path("orders/<uuid:pk>/papers.zip", dossier_api.OrderArchive.as_view(), name="api_get_archive"),
    path("orders/<uuid:pk>/dossier/", dossier_api.OrderDossier.as_view(), name="api_read_dossier"),
    path(
        "orders/<uuid:pk>/dossier.zip",
        dossier_api.OrderDossierArchive.as_view(),
        name="api_save_dossier",
    ),
    path("orders/<uuid:pk>/grant/", grant_api.OrderGrant.as_view(), name="api_get_order_grant"),
    path("orders/<uuid:pk>/copy/", grant_api.OrderCopy.as_view(), name="api_get_order_copy"),
    path("orders/<uuid:pk>/copy/retry/", grant_api.RetryCopy.as_view(), name="api_retry_copy"),
    path("grants/", grant_api.Grants.as_view(), name="api_list_grants"),
    path("grants/<uuid:pk>/", grant_api.OneGrant.as_view(), name="api_get_grant"),
    path("grants/<uuid:pk>/codebook/", grant_api.GrantCodebook.as_view(), name="api_get_codebook"),
    path("grants/<uuid:pk>/download/", grant_api.GrantDownload.as_view(), name="api_open_download"),
    path(
        "grants/<uuid:pk>/revisions/",
        grant_api.GrantRevisions.as_view(),
        name="api_list_grant_revisions",
    ),
    path(
        "grants/<uuid:pk>/downloads/",
        grant_api.GrantDownloads.as_view(),
        name="api_list_grant_downloads",
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
    path("grants/<uuid:pk>/revoke/", grant_api.RevokeGrant.as_view(), name="api_revoke_grant"),
    path("grants/<uuid:pk>/make-key/", use_api.MakeGrantKey.as_view(), name="api_make_grant_key"),
    path("grant-keys/<uuid:pk>/", use_api.OneGrantKey.as_view(), name="api_get_grant_key"),
    path(
        "grant-keys/<uuid:pk>/revoke/",
        use_api.RevokeGrantKey.as_view(),
        name="api_revoke_grant_key",
    ),
    path(
        "grants/<uuid:pk>/running-month/",
        use_api.GrantRunningMonth.as_view(),
        name="api_get_grant_running_month",
    ),
    path("grants/<uuid:pk>/uses/", use_api.GrantUses.as_view(), name="api_list_grant_uses"),
    path(
        "grants/<uuid:pk>/changelog/",
        changelog_api.GrantChangelog.as_view(),
        name="api_get_grant_changelog",
    ),
    path(
        "grants/<uuid:pk>/changes/",
        changes_api.GrantChanges.as_view(),
        name="api_get_grant_changes",
    ),
    path(
        "grants/<uuid:pk>/score/",
        scoring_api.ScoreWithGrant.as_view(),
        name="api_score_with_grant",
    ),
    path(
        "grants/<uuid:pk>/score-table/",
        scoring_api.ScoreTableWithGrant.as_view(),
        name="api_score_table_with_grant",
    ),
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
