"""The API of models on their way to an offer."""

from __future__ import annotations

from marketplace.core.scopes import Scope
from marketplace.learning.asset.serializers import MakeModelAssetIn
from marketplace.learning.asset.services import make_model_asset
from marketplace.learning.model.serializers import ModelOut
from marketplace.web.api import act_view

MakeModelAsset = act_view(
    make_model_asset,
    scope=Scope.TRADE,
    takes=MakeModelAssetIn,
    gives=ModelOut,
    summary="Make a model an asset",
    about="Make a dataset whose one version is a trained model, so that it can be offered.",
)
