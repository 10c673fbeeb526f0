"""The addresses of the learning app."""

from django.urls import path

from marketplace.learning.asset import api as asset_api
from marketplace.learning.asset import views as asset_views
from marketplace.learning.measurement import api as measurement_api
from marketplace.learning.measurement import views as measurement_views
from marketplace.learning.model import api as model_api
from marketplace.learning.model import views as model_views
from marketplace.learning.run import api as run_api
from marketplace.learning.run import views as run_views

urlpatterns = [
    path("training-runs/", run_views.training_run_list, name="training_run_list"),
    path("training-runs/<uuid:pk>/", run_views.training_run_detail, name="training_run_detail"),
    path("training-runs/<uuid:pk>/state/", run_views.training_run_state, name="training_run_state"),
    path("training-runs/<uuid:pk>/cancel/", run_views.training_cancel, name="training_cancel"),
    path("prepared/<uuid:pk>/train/", run_views.training_start, name="training_start"),
    path(
        "listings/<uuid:pk>/measure/",
        measurement_views.measurement_request,
        name="measurement_request",
    ),
    path("measurements/", measurement_views.measurement_list, name="measurement_list"),
    path(
        "measurements/<uuid:pk>/", measurement_views.measurement_detail, name="measurement_detail"
    ),
    path(
        "measurements/<uuid:pk>/state/",
        measurement_views.measurement_state,
        name="measurement_state",
    ),
    path(
        "measurements/<uuid:pk>/cancel/",
        measurement_views.measurement_cancel,
        name="measurement_cancel",
    ),
    path("models/", model_views.model_list, name="model_list"),
    path("models/<uuid:pk>/", model_views.model_detail, name="model_detail"),
    path("models/<uuid:pk>/card.json", model_views.model_card, name="model_card"),
    path("models/<uuid:pk>/model.onnx", model_views.model_file, name="model_file"),
    path("models/<uuid:pk>/retrain/", model_views.model_retrain, name="model_retrain"),
    path("models/<uuid:pk>/withdraw/", model_views.model_withdraw, name="model_withdraw"),
    path("models/<uuid:pk>/asset/", asset_views.model_asset_make, name="model_asset_make"),
]

api_patterns = [
    path(
        "prepared-versions/<uuid:pk>/start-training/",
        run_api.StartTraining.as_view(),
        name="api_start_training",
    ),
    path("training-runs/", run_api.TrainingRuns.as_view(), name="api_list_training_runs"),
    path("training-runs/<uuid:pk>/", run_api.OneTrainingRun.as_view(), name="api_get_training_run"),
    path(
        "training-runs/<uuid:pk>/cancel/",
        run_api.CancelTraining.as_view(),
        name="api_cancel_training",
    ),
    path(
        "listings/<uuid:pk>/request-measurement/",
        measurement_api.RequestMeasurement.as_view(),
        name="api_request_measurement",
    ),
    path("measurements/", measurement_api.Measurements.as_view(), name="api_list_measurements"),
    path(
        "measurements/<uuid:pk>/",
        measurement_api.OneMeasurement.as_view(),
        name="api_get_measurement",
    ),
    path(
        "measurements/<uuid:pk>/cancel/",
        measurement_api.CancelMeasurement.as_view(),
        name="api_cancel_measurement",
    ),
    path("models/", model_api.Models.as_view(), name="api_list_models"),
    path("models/<uuid:pk>/", model_api.OneModel.as_view(), name="api_get_model"),
    path("models/<uuid:pk>/card/", model_api.ModelCard.as_view(), name="api_get_model_card"),
    path("models/<uuid:pk>/file/", model_api.ModelFile.as_view(), name="api_get_model_file"),
    path("models/<uuid:pk>/score/", model_api.ScoreRows.as_view(), name="api_score_rows"),
    path("models/<uuid:pk>/retrain/", model_api.RetrainModel.as_view(), name="api_retrain_model"),
    path(
        "models/<uuid:pk>/asset/make/",
        asset_api.MakeModelAsset.as_view(),
        name="api_make_model_asset",
    ),
    path(
        "models/<uuid:pk>/withdraw/", model_api.WithdrawModel.as_view(), name="api_withdraw_model"
    ),
]
