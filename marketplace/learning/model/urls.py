from django.urls import path
from django.utils.translation import gettext_lazy as _

from marketplace.core import Scope
from marketplace.learning.model import api, views
from marketplace.learning.model.filters import ModelFilters
from marketplace.learning.model.selectors import models_visible_to
from marketplace.learning.model.serializers import ModelOut, OneModelOut, ScoreRowsIn, ScoresOut
from marketplace.learning.model.services import retrain_model, score_rows, withdraw_model
from marketplace.learning.run.serializers import TrainingRunOut
from marketplace.web.act_pages import act_page
from marketplace.web.api import act_view, list_view, thing_view

urlpatterns = [
    path("models/", views.model_list, name="model_list"),
    path("models/<uuid:pk>/", views.model_detail, name="model_detail"),
    path("models/<uuid:pk>/card.json", views.model_card, name="model_card"),
    path("models/<uuid:pk>/model.onnx", views.model_file, name="model_file"),
    act_page(
        "models/<uuid:pk>/retrain/",
        retrain_model,
        done=_("The model is being trained again, without the rows that went."),
        onto="training_run_detail",
        at="pk",
        name="model_retrain",
    ),
    act_page(
        "models/<uuid:pk>/withdraw/",
        withdraw_model,
        done=_("The model is withdrawn."),
        onto="model_detail",
        name="model_withdraw",
    ),
]

api_patterns = [
    list_view(
        "models/",
        models_visible_to,
        operation="list_models",
        filters=ModelFilters,
        gives=ModelOut,
        about="The models that the caller may see.",
    ),
    thing_view(
        "models/<uuid:pk>/",
        models_visible_to,
        operation="get_model",
        gives=OneModelOut,
        about="A model, and the acts on it that are open to the caller.",
    ),
    path("models/<uuid:pk>/card/", api.ModelCard.as_view(), name="api_get_model_card"),
    path("models/<uuid:pk>/file/", api.ModelFile.as_view(), name="api_get_model_file"),
    act_view(
        "models/<uuid:pk>/score/",
        score_rows,
        scope=Scope.DELIVER,
        takes=ScoreRowsIn,
        gives=ScoresOut,
        compares=False,
        summary="Score rows with a model",
        about="Give rows to a model, one or many; each is checked by its schema and counted.",
    ),
    act_view(
        "models/<uuid:pk>/retrain/",
        retrain_model,
        scope=Scope.TRADE,
        gives=TrainingRunOut,
        summary="Train a model again",
        about=(
            "Train a model whose data does not stand on the newest version that does: of its "
            "shards "
            "those whose rows are not the same."
        ),
    ),
    act_view(
        "models/<uuid:pk>/withdraw/",
        withdraw_model,
        scope=Scope.TRADE,
        gives=ModelOut,
        about="Take a model out of use for good.",
    ),
]
