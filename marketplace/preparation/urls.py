"""The addresses of the preparation app."""

from django.urls import path

from marketplace.preparation import api, views
from marketplace.preparation.looks import api as looks_api
from marketplace.preparation.releases import api as releases_api
from marketplace.preparation.roles import api as roles_api
from marketplace.preparation.studies import api as studies_api

urlpatterns = [
    path("preparation/<uuid:pk>/", views.preparation_detail, name="preparation_detail"),
    path("preparation/<uuid:pk>/profile/", views.profile_start, name="profile_start"),
    path("preparation/<uuid:pk>/policy/", views.policy_confirm, name="policy_confirm"),
    path("preparation/<uuid:pk>/synthetic/", views.synthetic_ask, name="synthetic_ask"),
    path("preparation/<uuid:pk>/mask/", views.masking_start, name="masking_start"),
    path(
        "preparation/<uuid:pk>/raw-data/destroy/",
        views.raw_data_destroy,
        name="raw_data_destroy",
    ),
    path(
        "preparation/<uuid:pk>/hierarchies/inherit/",
        views.hierarchies_inherit,
        name="hierarchies_inherit",
    ),
    path(
        "preparation/<uuid:pk>/hierarchies/<int:position>/",
        views.hierarchy_edit,
        name="hierarchy_edit",
    ),
    path(
        "preparation/<uuid:pk>/hierarchies/<int:position>/clear/",
        views.hierarchy_clear,
        name="hierarchy_clear",
    ),
    path(
        "preparation/<uuid:pk>/hierarchies/<int:position>/download/",
        views.hierarchy_download,
        name="hierarchy_download",
    ),
    path("preparation/<uuid:pk>/looks/", views.look_list, name="look_list"),
    path("preparation/<uuid:pk>/looks/open/", views.look_open, name="look_open"),
    path("preparation/<uuid:pk>/picture/", views.tradeoff_detail, name="tradeoff_detail"),
    path("preparation/<uuid:pk>/picture/start/", views.tradeoff_start, name="tradeoff_start"),
    path("preparation/<uuid:pk>/comparison/", views.comparison_detail, name="comparison_detail"),
    path("policies/<uuid:pk>/roles/", views.roles_review, name="roles_review"),
    path("policies/<uuid:pk>/roles/confirm/", views.roles_confirm, name="roles_confirm"),
    path("policies/<uuid:pk>/roles/return/", views.roles_return, name="roles_return"),
    path(
        "preparation/<uuid:pk>/composition/start/",
        views.composition_start,
        name="composition_start",
    ),
    path("runs/", views.run_list, name="run_list"),
    path("runs/<uuid:pk>/", views.run_detail, name="run_detail"),
    path("runs/<uuid:pk>/state/", views.run_state, name="run_state"),
    path("runs/<uuid:pk>/cancel/", views.run_cancel, name="run_cancel"),
    path("risk-reports/<uuid:pk>/", views.risk_report_detail, name="risk_report_detail"),
    path(
        "risk-reports/<uuid:pk>/withdraw/",
        views.risk_report_withdraw,
        name="risk_report_withdraw",
    ),
]

api_patterns = [
    path("preparation/<uuid:pk>/profile/", api.StartProfile.as_view(), name="api_start_profile"),
    path("preparation/<uuid:pk>/findings/", api.Findings.as_view(), name="api_list_findings"),
    path("preparation/<uuid:pk>/policy/", api.PolicyToDecide.as_view(), name="api_get_policy"),
    path(
        "preparation/<uuid:pk>/policy/confirm/",
        api.ConfirmPolicy.as_view(),
        name="api_confirm_policy",
    ),
    path(
        "preparation/<uuid:pk>/hierarchies/",
        api.Hierarchies.as_view(),
        name="api_list_hierarchies",
    ),
    path(
        "preparation/<uuid:pk>/hierarchies/set/",
        api.SetHierarchy.as_view(),
        name="api_set_hierarchy",
    ),
    path(
        "preparation/<uuid:pk>/hierarchies/clear/",
        api.ClearHierarchy.as_view(),
        name="api_clear_hierarchy",
    ),
    path(
        "preparation/<uuid:pk>/hierarchies/inherit/",
        api.InheritHierarchies.as_view(),
        name="api_inherit_hierarchies",
    ),
    path("preparation/<uuid:pk>/mask/", api.StartMasking.as_view(), name="api_start_masking"),
    path(
        "preparation/<uuid:pk>/raw-data/destroy/",
        api.DestroyRawData.as_view(),
        name="api_destroy_raw_data",
    ),
    path(
        "preparation/<uuid:pk>/picture/start/",
        studies_api.StartTradeoff.as_view(),
        name="api_start_tradeoff",
    ),
    path(
        "preparation/<uuid:pk>/comparison/start/",
        studies_api.StartComparison.as_view(),
        name="api_start_comparison",
    ),
    path("preparation/<uuid:pk>/looks/", looks_api.Looks.as_view(), name="api_list_looks"),
    path("preparation/<uuid:pk>/looks/open/", looks_api.OpenLook.as_view(), name="api_open_look"),
    path(
        "policies/<uuid:pk>/roles/confirm/",
        roles_api.ConfirmRoles.as_view(),
        name="api_confirm_roles",
    ),
    path(
        "policies/<uuid:pk>/roles/return/", roles_api.ReturnRoles.as_view(), name="api_return_roles"
    ),
    path(
        "preparation/<uuid:pk>/composition/start/",
        releases_api.StartComposition.as_view(),
        name="api_start_composition",
    ),
    path(
        "preparation/<uuid:pk>/earlier-releases/",
        releases_api.EarlierReleases.as_view(),
        name="api_list_earlier_releases",
    ),
    path(
        "preparation/<uuid:pk>/budget/",
        releases_api.DatasetBudget.as_view(),
        name="api_get_privacy_budget",
    ),
    path(
        "runs/<uuid:pk>/treatments/<int:place>/",
        studies_api.TreatmentPolicy.as_view(),
        name="api_get_treatment_policy",
    ),
    path("runs/<uuid:pk>/study/", studies_api.OneStudy.as_view(), name="api_get_study"),
    path("preparation/<uuid:pk>/", api.OnePreparation.as_view(), name="api_get_preparation"),
    path("runs/", api.Runs.as_view(), name="api_list_runs"),
    path("runs/<uuid:pk>/", api.OneRun.as_view(), name="api_get_run"),
    path("runs/<uuid:pk>/cancel/", api.CancelRun.as_view(), name="api_cancel_run"),
    path("risk-reports/", api.RiskReports.as_view(), name="api_list_risk_reports"),
    path("risk-reports/<uuid:pk>/", api.OneRiskReport.as_view(), name="api_get_risk_report"),
    path(
        "risk-reports/<uuid:pk>/withdraw/",
        api.WithdrawReport.as_view(),
        name="api_withdraw_report",
    ),
]
