from uuid import UUID

from marketplace.core import Actor, Scope, visible
from marketplace.learning.model.card import card_bytes
from marketplace.learning.model.selectors import models_visible_to
from marketplace.learning.model.services import (
    open_model,
)
from marketplace.web.api import DocumentView


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
