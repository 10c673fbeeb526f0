from typing import Any

from marketplace.catalog.dataset import serializers
from marketplace.catalog.dataset.descriptions import DatasetDescription
from marketplace.catalog.dataset.models import Dataset
from marketplace.catalog.dataset.services import register_dataset, revise_dataset
from marketplace.core import Actor, Scope
from marketplace.web.api import ActView


class RegisterDataset(ActView):
    """Register data that the caller's organization holds."""

    takes = serializers.DatasetDescriptionIn
    gives = serializers.DatasetOut
    creates = True
    made_at = "get_dataset"
    scope = Scope.TRADE

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Dataset:
        return register_dataset(description=DatasetDescription(**data), by=by)


class ReviseDataset(ActView):
    """Change the description of a dataset."""

    takes = serializers.DatasetDescriptionIn
    gives = serializers.DatasetOut
    scope = Scope.TRADE
    summary = "Revise the description of a dataset"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Dataset:
        return revise_dataset(ids["pk"], description=DatasetDescription(**data), by=by)
