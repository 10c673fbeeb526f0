"""The API of models."""

from __future__ import annotations

from uuid import UUID

from marketplace.core.actor import Actor
from marketplace.core.locking import visible
from marketplace.core.scopes import Scope
from marketplace.learning.model import serializers
from marketplace.learning.model.card import card_bytes
from marketplace.learning.model.filters import ModelFilters
from marketplace.learning.model.selectors import models_visible_to
from marketplace.learning.model.services import (
    open_model,
    retrain_model,
    score_rows,
    withdraw_model,
)
from marketplace.learning.run.serializers import TrainingRunOut
from marketplace.web.api import DocumentView, act_view, list_view, thing_view

ScoreRows = act_view(
    score_rows,
    scope=Scope.DELIVER,
    takes=serializers.ScoreRowsIn,
    gives=serializers.ScoresOut,
    compares=False,
    summary="Score rows with a model",
    about="Give rows to a model, one or many; each is checked by its schema and counted.",
)

RetrainModel = act_view(
    retrain_model,
    scope=Scope.TRADE,
    gives=TrainingRunOut,
    summary="Train a model again",
    about=(
        "Train a model whose data does not stand on the newest version that does: of its shards "
        "those whose rows are not the same."
    ),
)

WithdrawModel = act_view(
    withdraw_model,
    scope=Scope.TRADE,
    gives=serializers.ModelOut,
    about="Take a model out of use for good.",
)

Models = list_view(
    models_visible_to,
    operation="list_models",
    filters=ModelFilters,
    gives=serializers.ModelOut,
    about="The models that the caller may see.",
)

OneModel = thing_view(
    models_visible_to,
    operation="get_model",
    gives=serializers.OneModelOut,
    about="A model, and the acts on it that are open to the caller.",
)


class ModelCard(DocumentView):
    """The card of a model to the byte as it was signed, for `verify.py` without the centre."""

    operation = "get_model_card"
    summary = "Save a model's card"

    def document(self, by: Actor, **ids: UUID) -> bytes:
        return card_bytes(visible(models_visible_to(by), pk=ids["pk"]).card)


class ModelFile(DocumentView):
    """The bytes of a model (ONNX); what it rests on is asked anew."""

    media = "application/octet-stream"
    scope = Scope.DELIVER
    operation = "get_model_file"
    summary = "Save a model"

    def document(self, by: Actor, **ids: UUID) -> bytes:
        """Open, which is on record."""
        return open_model(ids["pk"], by=by).content
