"""The addresses of the catalog app."""

from django.urls import path

from marketplace.catalog import api, views
from marketplace.catalog import api as source_api

urlpatterns = [
    path("datasets/", views.dataset_list, name="dataset_list"),
    path("datasets/register/", views.dataset_register, name="dataset_register"),
    path("datasets/<uuid:pk>/", views.dataset_detail, name="dataset_detail"),
    path("datasets/<uuid:pk>/revise/", views.dataset_revise, name="dataset_revise"),
    path("datasets/<uuid:pk>/grade/", views.dataset_grade, name="dataset_grade"),
    path("datasets/<uuid:pk>/reopen/", views.dataset_reopen, name="dataset_reopen"),
    path("datasets/<uuid:pk>/retire/", views.dataset_retire, name="dataset_retire"),
    path("datasets/<uuid:pk>/upload/", views.dataset_upload, name="dataset_upload"),
    path("datasets/<uuid:pk>/annotate/", views.dataset_annotate, name="dataset_annotate"),
    path("datasets/<uuid:pk>/submit/", views.dataset_submit, name="dataset_submit"),
    path("datasets/<uuid:pk>/review/", views.dataset_review, name="dataset_review"),
    path("datasets/<uuid:pk>/approve/", views.dataset_approve, name="dataset_approve"),
    path("datasets/<uuid:pk>/return/", views.dataset_return, name="dataset_return"),
    path("datasets/<uuid:pk>/sources/", views.source_list, name="source_list"),
    path("datasets/<uuid:pk>/sources/register/", views.source_register, name="source_register"),
    path("sources/<uuid:pk>/", views.source_detail, name="source_detail"),
    path("sources/<uuid:pk>/check/", views.source_check, name="source_check"),
    path("sources/<uuid:pk>/password/", views.source_password, name="source_password"),
    path("sources/<uuid:pk>/close/", views.source_close, name="source_close"),
    path("sources/<uuid:pk>/tables/", views.source_tables, name="source_tables"),
    path("sources/<uuid:pk>/draw/", views.drawing_start, name="drawing_start"),
    path("drawings/<uuid:pk>/", views.drawing_detail, name="drawing_detail"),
    path("drawings/<uuid:pk>/state/", views.drawing_state, name="drawing_state"),
    path("drawings/<uuid:pk>/cancel/", views.drawing_cancel, name="drawing_cancel"),
]
api_patterns = [
    path("datasets/", api.Datasets.as_view(), name="api_list_datasets"),
    path("datasets/register/", api.RegisterDataset.as_view(), name="api_register_dataset"),
    path("datasets/<uuid:pk>/", api.OneDataset.as_view(), name="api_get_dataset"),
    path("datasets/<uuid:pk>/revise/", api.ReviseDataset.as_view(), name="api_revise_dataset"),
    path("datasets/<uuid:pk>/grade/", api.GradeDataset.as_view(), name="api_grade_dataset"),
    path("datasets/<uuid:pk>/submit/", api.SubmitDataset.as_view(), name="api_submit_dataset"),
    path("datasets/<uuid:pk>/approve/", api.ApproveDataset.as_view(), name="api_approve_dataset"),
    path("datasets/<uuid:pk>/return/", api.ReturnDataset.as_view(), name="api_return_dataset"),
    path("datasets/<uuid:pk>/reopen/", api.ReopenDataset.as_view(), name="api_reopen_dataset"),
    path("datasets/<uuid:pk>/retire/", api.RetireDataset.as_view(), name="api_retire_dataset"),
    path("datasets/<uuid:pk>/upload/", api.UploadData.as_view(), name="api_receive_upload"),
    path("datasets/<uuid:pk>/versions/", api.Versions.as_view(), name="api_list_dataset_versions"),
    path("versions/<uuid:pk>/", api.OneVersion.as_view(), name="api_get_dataset_version"),
    path(
        "versions/<uuid:pk>/annotate/", api.AnnotateColumns.as_view(), name="api_annotate_columns"
    ),
    path("datasets/<uuid:pk>/sources/", source_api.Sources.as_view(), name="api_list_sources"),
    path(
        "datasets/<uuid:pk>/sources/register/",
        source_api.RegisterSource.as_view(),
        name="api_register_source",
    ),
    path("sources/<uuid:pk>/", source_api.OneSource.as_view(), name="api_get_source"),
    path("sources/<uuid:pk>/check/", source_api.CheckSource.as_view(), name="api_check_source"),
    path(
        "sources/<uuid:pk>/password/",
        source_api.ChangeSourcePassword.as_view(),
        name="api_change_source_password",
    ),
    path("sources/<uuid:pk>/close/", source_api.CloseSource.as_view(), name="api_close_source"),
    path(
        "sources/<uuid:pk>/tables/",
        source_api.SourceTables.as_view(),
        name="api_list_source_tables",
    ),
    path("sources/<uuid:pk>/draw/", source_api.StartDrawing.as_view(), name="api_start_drawing"),
    path("sources/<uuid:pk>/drawings/", source_api.Drawings.as_view(), name="api_list_drawings"),
    path("drawings/<uuid:pk>/", source_api.OneDrawing.as_view(), name="api_get_drawing"),
    path(
        "drawings/<uuid:pk>/cancel/",
        source_api.CancelDrawing.as_view(),
        name="api_cancel_drawing",
    ),
]
