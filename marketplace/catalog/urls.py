"""The addresses of the catalog app."""

from django.urls import path

from marketplace.catalog.dataset import api as dataset_api
from marketplace.catalog.dataset import views as dataset_views
from marketplace.catalog.intake import api as intake_api
from marketplace.catalog.intake import views as intake_views
from marketplace.catalog.push import api as push_api
from marketplace.catalog.push import tus
from marketplace.catalog.push import views as push_views
from marketplace.catalog.quality import api as quality_api
from marketplace.catalog.source import api as source_api
from marketplace.catalog.source import views as source_views
from marketplace.catalog.version import api as version_api
from marketplace.catalog.version import views as version_views

urlpatterns = [
    path("datasets/", dataset_views.dataset_list, name="dataset_list"),
    path("datasets/register/", dataset_views.dataset_register, name="dataset_register"),
    path("datasets/<uuid:pk>/", dataset_views.dataset_detail, name="dataset_detail"),
    path("datasets/<uuid:pk>/revise/", dataset_views.dataset_revise, name="dataset_revise"),
    path("datasets/<uuid:pk>/grade/", dataset_views.dataset_grade, name="dataset_grade"),
    path("datasets/<uuid:pk>/reopen/", dataset_views.dataset_reopen, name="dataset_reopen"),
    path("datasets/<uuid:pk>/retire/", dataset_views.dataset_retire, name="dataset_retire"),
    path("datasets/<uuid:pk>/upload/", intake_views.dataset_upload, name="dataset_upload"),
    path("files/<uuid:pk>/", intake_views.intake_detail, name="intake_detail"),
    path("files/<uuid:pk>/drop/", intake_views.intake_drop, name="intake_drop"),
    path("datasets/<uuid:pk>/annotate/", version_views.dataset_annotate, name="dataset_annotate"),
    path(
        "datasets/<uuid:pk>/read-dictionary/",
        version_views.dataset_dictionary,
        name="dataset_dictionary",
    ),
    path(
        "versions/<uuid:pk>/dictionary/",
        version_views.version_dictionary,
        name="version_dictionary",
    ),
    path("versions/<uuid:pk>/take-up/", version_views.version_take_up, name="version_take_up"),
    path("datasets/<uuid:pk>/submit/", dataset_views.dataset_submit, name="dataset_submit"),
    path("datasets/<uuid:pk>/review/", dataset_views.dataset_review, name="dataset_review"),
    path("datasets/<uuid:pk>/approve/", dataset_views.dataset_approve, name="dataset_approve"),
    path("datasets/<uuid:pk>/return/", dataset_views.dataset_return, name="dataset_return"),
    path("datasets/<uuid:pk>/sources/", source_views.source_list, name="source_list"),
    path(
        "datasets/<uuid:pk>/sources/register/", source_views.source_register, name="source_register"
    ),
    path("sources/<uuid:pk>/", source_views.source_detail, name="source_detail"),
    path("sources/<uuid:pk>/check/", source_views.source_check, name="source_check"),
    path("sources/<uuid:pk>/password/", source_views.source_password, name="source_password"),
    path("sources/<uuid:pk>/close/", source_views.source_close, name="source_close"),
    path("sources/<uuid:pk>/tables/", source_views.source_tables, name="source_tables"),
    path("sources/<uuid:pk>/draw/", source_views.drawing_start, name="drawing_start"),
    path("drawings/<uuid:pk>/", source_views.drawing_detail, name="drawing_detail"),
    path("drawings/<uuid:pk>/state/", source_views.drawing_state, name="drawing_state"),
    path("drawings/<uuid:pk>/cancel/", source_views.drawing_cancel, name="drawing_cancel"),
    path("pushes/<uuid:pk>/cancel/", push_views.push_cancel, name="push_cancel"),
]
api_patterns = [
    path("datasets/<uuid:pk>/feed/pushes/", push_api.Pushes.as_view(), name="api_list_pushes"),
    path("datasets/<uuid:pk>/feed/open-push/", push_api.OpenPush.as_view(), name="api_open_push"),
    path("datasets/<uuid:pk>/feed/uploads/", tus.Uploads.as_view(), name="api_uploads"),
    path("pushes/<uuid:pk>/", push_api.OnePush.as_view(), name="api_get_push"),
    path("pushes/<uuid:pk>/send-rows/", push_api.SendRows.as_view(), name="api_send_rows"),
    path("pushes/<uuid:pk>/bytes/", tus.OneUpload.as_view(), name="api_upload"),
    path("pushes/<uuid:pk>/commit/", push_api.CommitPush.as_view(), name="api_commit_push"),
    path("pushes/<uuid:pk>/cancel/", push_api.CancelPush.as_view(), name="api_cancel_push"),
    path("datasets/", dataset_api.Datasets.as_view(), name="api_list_datasets"),
    path("datasets/register/", dataset_api.RegisterDataset.as_view(), name="api_register_dataset"),
    path("datasets/<uuid:pk>/", dataset_api.OneDataset.as_view(), name="api_get_dataset"),
    path(
        "datasets/<uuid:pk>/revise/", dataset_api.ReviseDataset.as_view(), name="api_revise_dataset"
    ),
    path("datasets/<uuid:pk>/grade/", dataset_api.GradeDataset.as_view(), name="api_grade_dataset"),
    path(
        "datasets/<uuid:pk>/submit/", dataset_api.SubmitDataset.as_view(), name="api_submit_dataset"
    ),
    path(
        "datasets/<uuid:pk>/approve/",
        dataset_api.ApproveDataset.as_view(),
        name="api_approve_dataset",
    ),
    path(
        "datasets/<uuid:pk>/return/", dataset_api.ReturnDataset.as_view(), name="api_return_dataset"
    ),
    path(
        "datasets/<uuid:pk>/reopen/", dataset_api.ReopenDataset.as_view(), name="api_reopen_dataset"
    ),
    path(
        "datasets/<uuid:pk>/retire/", dataset_api.RetireDataset.as_view(), name="api_retire_dataset"
    ),
    path(
        "datasets/<uuid:pk>/receive-upload/",
        version_api.UploadData.as_view(),
        name="api_receive_upload",
    ),
    path(
        "datasets/<uuid:pk>/hand-in-file/", intake_api.HandInFile.as_view(), name="api_hand_in_file"
    ),
    path("files/<uuid:pk>/", intake_api.OneIntake.as_view(), name="api_get_intake"),
    path("files/<uuid:pk>/mend/", intake_api.MendReading.as_view(), name="api_mend_reading"),
    path("files/<uuid:pk>/take/", intake_api.TakeFile.as_view(), name="api_take_file"),
    path("files/<uuid:pk>/drop/", intake_api.DropFile.as_view(), name="api_drop_file"),
    path(
        "datasets/<uuid:pk>/versions/",
        version_api.Versions.as_view(),
        name="api_list_dataset_versions",
    ),
    path(
        "datasets/<uuid:pk>/read-dictionary/",
        version_api.ReadDictionary.as_view(),
        name="api_read_dictionary",
    ),
    path("versions/<uuid:pk>/", version_api.OneVersion.as_view(), name="api_get_dataset_version"),
    path(
        "versions/<uuid:pk>/annotate/",
        version_api.AnnotateColumns.as_view(),
        name="api_annotate_columns",
    ),
    path(
        "versions/<uuid:pk>/take-up/",
        version_api.TakeUpVersion.as_view(),
        name="api_take_up_version",
    ),
    path(
        "datasets/<uuid:pk>/quality/",
        quality_api.RulesThroughTime.as_view(),
        name="api_list_quality_rules",
    ),
    path(
        "datasets/<uuid:pk>/quality/set/",
        quality_api.SetQualityRules.as_view(),
        name="api_set_quality_rules",
    ),
    path(
        "datasets/<uuid:pk>/quality/preview/",
        quality_api.PreviewQuality.as_view(),
        name="api_preview_quality_rules",
    ),
    path(
        "datasets/<uuid:pk>/quality/checks/",
        quality_api.Checks.as_view(),
        name="api_list_quality_checks",
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
        "sources/<uuid:pk>/change-password/",
        source_api.ChangeSourcePassword.as_view(),
        name="api_change_source_password",
    ),
    path("sources/<uuid:pk>/close/", source_api.CloseSource.as_view(), name="api_close_source"),
    path(
        "sources/<uuid:pk>/tables/",
        source_api.SourceTables.as_view(),
        name="api_list_source_tables",
    ),
    path(
        "sources/<uuid:pk>/start-drawing/",
        source_api.StartDrawing.as_view(),
        name="api_start_drawing",
    ),
    path("sources/<uuid:pk>/drawings/", source_api.Drawings.as_view(), name="api_list_drawings"),
    path("drawings/<uuid:pk>/", source_api.OneDrawing.as_view(), name="api_get_drawing"),
    path(
        "drawings/<uuid:pk>/cancel/",
        source_api.CancelDrawing.as_view(),
        name="api_cancel_drawing",
    ),
]
