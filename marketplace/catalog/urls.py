"""The addresses of the catalog app."""

from django.urls import path

from marketplace.catalog import api
from marketplace.catalog.views import data, datasets, reviews

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
]
