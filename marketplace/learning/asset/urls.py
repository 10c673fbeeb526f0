from django.urls import path

from marketplace.core import Scope
from marketplace.learning.asset import views
from marketplace.learning.asset.serializers import MakeModelAssetIn
from marketplace.learning.asset.services import make_model_asset
from marketplace.learning.model.serializers import ModelOut
from marketplace.web.api import act_view

urlpatterns = [
    path("models/<uuid:pk>/asset/", views.model_asset_make, name="model_asset_make"),
]

api_patterns = [
    act_view(
        "models/<uuid:pk>/asset/make/",
        make_model_asset,
        scope=Scope.TRADE,
        takes=MakeModelAssetIn,
        gives=ModelOut,
        summary="Make a model an asset",
        about="Make a dataset whose one version is a trained model, so that it can be offered.",
    ),
]
