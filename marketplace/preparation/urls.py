"""The addresses of the preparation app."""

from django.urls import path

from marketplace.preparation.budget import api as budget_api
from marketplace.preparation.column import api as column_api
from marketplace.preparation.column import views as column_views
from marketplace.preparation.policy import api as policy_api
from marketplace.preparation.policy import views as policy_views
from marketplace.preparation.quality import api as quality_api
from marketplace.preparation.quality import views as quality_views
from marketplace.preparation.release import api as release_api
from marketplace.preparation.release import views as release_views
from marketplace.preparation.report import api as report_api
from marketplace.preparation.report import views as report_views
from marketplace.preparation.run import api as run_api
from marketplace.preparation.run import views as run_views
from marketplace.preparation.study import api as studies_api
from marketplace.preparation.study import views as study_views
from marketplace.preparation.version import api as version_api
from marketplace.preparation.version import views as version_views

urlpatterns = [
    path("datasets/<uuid:pk>/quality/", quality_views.dataset_quality, name="dataset_quality"),
    path("datasets/<uuid:pk>/quality/rules/", quality_views.quality_edit, name="quality_edit"),
    path("preparation/<uuid:pk>/", version_views.preparation_detail, name="preparation_detail"),
    path("preparation/<uuid:pk>/profile/", run_views.profile_start, name="profile_start"),
    path("preparation/<uuid:pk>/policy/", policy_views.policy_confirm, name="policy_confirm"),
    path("preparation/<uuid:pk>/synthetic/", policy_views.synthetic_ask, name="synthetic_ask"),
    path("preparation/<uuid:pk>/mask/", run_views.masking_start, name="masking_start"),
    path(
        "preparation/<uuid:pk>/raw-data/destroy/",
        version_views.raw_data_destroy,
        name="raw_data_destroy",
    ),
    path(
        "preparation/<uuid:pk>/hierarchies/inherit/",
        column_views.hierarchies_inherit,
        name="hierarchies_inherit",
    ),
    path(
        "preparation/<uuid:pk>/hierarchies/<int:position>/",
        column_views.hierarchy_edit,
        name="hierarchy_edit",
    ),
    path(
        "preparation/<uuid:pk>/hierarchies/<int:position>/clear/",
        column_views.hierarchy_clear,
        name="hierarchy_clear",
    ),
    path(
        "preparation/<uuid:pk>/hierarchies/<int:position>/download/",
        column_views.hierarchy_download,
        name="hierarchy_download",
    ),
    path("preparation/<uuid:pk>/looks/", version_views.look_list, name="look_list"),
    path("preparation/<uuid:pk>/looks/open/", version_views.look_open, name="look_open"),
    path("preparation/<uuid:pk>/picture/", study_views.tradeoff_detail, name="tradeoff_detail"),
    path("preparation/<uuid:pk>/picture/start/", study_views.tradeoff_start, name="tradeoff_start"),
    path(
        "preparation/<uuid:pk>/comparison/", study_views.comparison_detail, name="comparison_detail"
    ),
    path("policies/<uuid:pk>/roles/", policy_views.roles_review, name="roles_review"),
    path("policies/<uuid:pk>/roles/confirm/", policy_views.roles_confirm, name="roles_confirm"),
    path("policies/<uuid:pk>/roles/return/", policy_views.roles_return, name="roles_return"),
    path(
        "preparation/<uuid:pk>/composition/start/",
        release_views.composition_start,
        name="composition_start",
    ),
    path("runs/", run_views.run_list, name="run_list"),
    path("runs/<uuid:pk>/", run_views.run_detail, name="run_detail"),
    path("runs/<uuid:pk>/state/", run_views.run_state, name="run_state"),
    path("runs/<uuid:pk>/cancel/", run_views.run_cancel, name="run_cancel"),
    path("risk-reports/<uuid:pk>/", report_views.risk_report_detail, name="risk_report_detail"),
    path(
        "risk-reports/<uuid:pk>/withdraw/",
        report_views.risk_report_withdraw,
        name="risk_report_withdraw",
    ),
]

api_patterns = [
    path(
        "datasets/<uuid:pk>/quality/proposed/",
        quality_api.ProposedRules.as_view(),
        name="api_get_proposed_quality_rules",
    ),
    path(
        "preparations/<uuid:pk>/start-profile/",
        run_api.StartProfile.as_view(),
        name="api_start_profile",
    ),
    path(
        "preparations/<uuid:pk>/findings/", column_api.Findings.as_view(), name="api_list_findings"
    ),
    path(
        "preparations/<uuid:pk>/policy/", policy_api.PolicyToDecide.as_view(), name="api_get_policy"
    ),
    path(
        "preparations/<uuid:pk>/policy/confirm/",
        policy_api.ConfirmPolicy.as_view(),
        name="api_confirm_policy",
    ),
    path(
        "preparations/<uuid:pk>/policies-to-copy/",
        policy_api.FormerPolicies.as_view(),
        name="api_list_policies_to_copy",
    ),
    path(
        "preparations/<uuid:pk>/policies-to-copy/<uuid:policy>/",
        policy_api.CopiedPolicy.as_view(),
        name="api_get_copied_policy",
    ),
    path(
        "preparations/<uuid:pk>/hierarchies/",
        column_api.Hierarchies.as_view(),
        name="api_list_hierarchies",
    ),
    path(
        "preparations/<uuid:pk>/hierarchies/set/",
        column_api.SetHierarchy.as_view(),
        name="api_set_hierarchy",
    ),
    path(
        "preparations/<uuid:pk>/hierarchies/clear/",
        column_api.ClearHierarchy.as_view(),
        name="api_clear_hierarchy",
    ),
    path(
        "preparations/<uuid:pk>/hierarchies/inherit/",
        column_api.InheritHierarchies.as_view(),
        name="api_inherit_hierarchies",
    ),
    path(
        "preparations/<uuid:pk>/start-masking/",
        run_api.StartMasking.as_view(),
        name="api_start_masking",
    ),
    path(
        "preparations/<uuid:pk>/raw-data/destroy/",
        version_api.DestroyRawData.as_view(),
        name="api_destroy_raw_data",
    ),
    path(
        "preparations/<uuid:pk>/picture/start/",
        studies_api.StartTradeoff.as_view(),
        name="api_start_tradeoff",
    ),
    path(
        "preparations/<uuid:pk>/comparison/start/",
        studies_api.StartComparison.as_view(),
        name="api_start_comparison",
    ),
    path("preparations/<uuid:pk>/looks/", version_api.Looks.as_view(), name="api_list_looks"),
    path("looks/<uuid:pk>/", version_api.OneLook.as_view(), name="api_get_look"),
    path(
        "preparations/<uuid:pk>/looks/open/", version_api.OpenLook.as_view(), name="api_open_look"
    ),
    path(
        "policies/<uuid:pk>/roles/confirm/",
        policy_api.ConfirmRoles.as_view(),
        name="api_confirm_roles",
    ),
    path(
        "policies/<uuid:pk>/roles/return/",
        policy_api.ReturnRoles.as_view(),
        name="api_return_roles",
    ),
    path(
        "preparations/<uuid:pk>/composition/start/",
        release_api.StartComposition.as_view(),
        name="api_start_composition",
    ),
    path(
        "preparations/<uuid:pk>/earlier-releases/",
        release_api.EarlierReleases.as_view(),
        name="api_list_earlier_releases",
    ),
    path(
        "preparations/<uuid:pk>/budget/",
        budget_api.DatasetBudget.as_view(),
        name="api_get_privacy_budget",
    ),
    path(
        "runs/<uuid:pk>/treatments/<int:place>/",
        studies_api.TreatmentPolicy.as_view(),
        name="api_get_treatment_policy",
    ),
    path("runs/<uuid:pk>/study/", studies_api.OneStudy.as_view(), name="api_get_study"),
    path(
        "preparations/<uuid:pk>/", version_api.OnePreparation.as_view(), name="api_get_preparation"
    ),
    path("runs/", run_api.Runs.as_view(), name="api_list_runs"),
    path("runs/<uuid:pk>/", run_api.OneRun.as_view(), name="api_get_run"),
    path("runs/<uuid:pk>/cancel/", run_api.CancelRun.as_view(), name="api_cancel_run"),
    path("risk-reports/", report_api.RiskReports.as_view(), name="api_list_risk_reports"),
    path("risk-reports/<uuid:pk>/", report_api.OneRiskReport.as_view(), name="api_get_risk_report"),
    path(
        "risk-reports/<uuid:pk>/withdraw/",
        report_api.WithdrawReport.as_view(),
        name="api_withdraw_report",
    ),
]
