"""The API of datasets."""

from __future__ import annotations

from typing import Any

from marketplace.catalog.dataset import serializers
from marketplace.catalog.dataset.descriptions import DatasetDescription
from marketplace.catalog.dataset.filters import DatasetFilters
from marketplace.catalog.dataset.grading import HarmDegree, HarmedObject, Impact
from marketplace.catalog.dataset.models import Dataset
from marketplace.catalog.dataset.selectors import datasets_visible_to
from marketplace.catalog.dataset.services import (
    approve_dataset,
    grade_dataset,
    register_dataset,
    reopen_dataset,
    retire_dataset,
    return_dataset,
    revise_dataset,
    submit_dataset,
)
from marketplace.core.actor import Actor
from marketplace.core.scopes import Scope
from marketplace.web.api import ActView, act_view, list_view, thing_view
from marketplace.web.serializers import ReasonIn

# Datasets and their versions in the API.


class RegisterDataset(ActView):
    """Register data that the caller's organization holds."""

    takes = serializers.DatasetDescriptionIn
    gives = serializers.DatasetOut
    creates = True
    made_at = "get_dataset"
    scope = Scope.TRADE
    operation = "register_dataset"
    summary = "Register a dataset"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Dataset:
        return register_dataset(description=DatasetDescription(**data), by=by)


class ReviseDataset(ActView):
    """Change the description of a dataset."""

    takes = serializers.DatasetDescriptionIn
    gives = serializers.DatasetOut
    scope = Scope.TRADE
    operation = "revise_dataset"
    summary = "Revise the description of a dataset"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Dataset:
        return revise_dataset(ids["pk"], description=DatasetDescription(**data), by=by)


class GradeDataset(ActView):
    """Grade a dataset by the harm that its misuse could do."""

    takes = serializers.GradeDatasetIn
    gives = serializers.DatasetOut
    scope = Scope.TRADE
    operation = "grade_dataset"
    summary = "Grade a dataset"

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Dataset:
        impacts = [
            Impact(HarmedObject(impact["object"]), HarmDegree(impact["degree"]))
            for impact in data["impacts"]
        ]
        return grade_dataset(ids["pk"], impacts=impacts, negative_list=data["negative_list"], by=by)


SubmitDataset = act_view(
    submit_dataset,
    scope=Scope.TRADE,
    gives=serializers.DatasetOut,
    summary="Submit a dataset for content review",
    about="Submit a dataset for content review.",
)

ApproveDataset = act_view(
    approve_dataset,
    scope=Scope.ADMINISTER,
    takes=serializers.ApproveDatasetIn,
    gives=serializers.DatasetOut,
    summary="Approve the content of a dataset",
    about="Approve the content of a dataset, by a second person.",
)

ReturnDataset = act_view(
    return_dataset,
    scope=Scope.ADMINISTER,
    takes=ReasonIn,
    gives=serializers.DatasetOut,
    summary="Return a dataset for correction",
    about="Return a dataset with what has to be corrected, by a second person.",
)

ReopenDataset = act_view(
    reopen_dataset,
    scope=Scope.TRADE,
    gives=serializers.DatasetOut,
    summary="Open an approved dataset for changes",
)

RetireDataset = act_view(
    retire_dataset,
    scope=Scope.TRADE,
    takes=ReasonIn,
    gives=serializers.DatasetOut,
    about="Take a dataset out of use for good.",
)


Datasets = list_view(
    datasets_visible_to,
    operation="list_datasets",
    filters=DatasetFilters,
    gives=serializers.DatasetOut,
    about="The datasets that the caller may see.",
)

OneDataset = thing_view(
    datasets_visible_to,
    operation="get_dataset",
    gives=serializers.OneDatasetOut,
    about="A dataset, and the acts on it that are open to the caller.",
)
