"""The addresses of the catalog app."""

from django.urls import path

from marketplace.catalog.api import datasets as api
from marketplace.catalog.api import sources as source_api
from marketplace.catalog.views import data, datasets, drawings, reviews, sources

urlpatterns = [
    path("datasets/", datasets.dataset_list, name="dataset_list"),
    path("datasets/register/", datasets.dataset_register, name="dataset_register"),
    path("datasets/<uuid:pk>/", datasets.dataset_detail, name="dataset_detail"),
    path("datasets/<uuid:pk>/revise/", datasets.dataset_revise, name="dataset_revise"),
    path("datasets/<uuid:pk>/grade/", datasets.dataset_grade, name="dataset_grade"),
    path("datasets/<uuid:pk>/reopen/", datasets.dataset_reopen, name="dataset_reopen"),
    path("datasets/<uuid:pk>/retire/", datasets.dataset_retire, name="dataset_retire"),
    path("datasets/<uuid:pk>/upload/", data.dataset_upload, name="dataset_upload"),
    path("datasets/<uuid:pk>/annotate/", data.dataset_annotate, name="dataset_annotate"),
    path("datasets/<uuid:pk>/submit/", reviews.dataset_submit, name="dataset_submit"),
    path("datasets/<uuid:pk>/review/", reviews.dataset_review, name="dataset_review"),
    path("datasets/<uuid:pk>/approve/", reviews.dataset_approve, name="dataset_approve"),
    path("datasets/<uuid:pk>/return/", reviews.dataset_return, name="dataset_return"),
    path("datasets/<uuid:pk>/sources/", sources.source_list, name="source_list"),
    path("datasets/<uuid:pk>/sources/register/", sources.source_register, name="source_register"),
    path("sources/<uuid:pk>/", sources.source_detail, name="source_detail"),
    path("sources/<uuid:pk>/check/", sources.source_check, name="source_check"),
    path("sources/<uuid:pk>/password/", sources.source_password, name="source_password"),
    path("sources/<uuid:pk>/close/", sources.source_close, name="source_close"),
    path("sources/<uuid:pk>/tables/", drawings.source_tables, name="source_tables"),
    path("sources/<uuid:pk>/draw/", drawings.drawing_start, name="drawing_start"),
    path("drawings/<uuid:pk>/", drawings.drawing_detail, name="drawing_detail"),
    path("drawings/<uuid:pk>/state/", drawings.drawing_state, name="drawing_state"),
    path("drawings/<uuid:pk>/cancel/", drawings.drawing_cancel, name="drawing_cancel"),
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
