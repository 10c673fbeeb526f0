from typing import Any
from uuid import UUID

from marketplace.catalog.dataset import serializers
from marketplace.catalog.dataset.descriptions import DatasetDescription
from marketplace.catalog.dataset.grading import HarmDegree, HarmedObject, Impact
from marketplace.catalog.dataset.models import Dataset
from marketplace.catalog.dataset.reviewing import Compared, compared_to_approved
from marketplace.catalog.dataset.rules import check_look_at_review
from marketplace.catalog.dataset.selectors import datasets_visible_to
from marketplace.catalog.dataset.services import (
    grade_dataset,
    register_dataset,
    revise_dataset,
)
from marketplace.core import Actor, Scope, visible
from marketplace.web.api import ActView, ThingView


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


class GradeDataset(ActView):
    """Grade a dataset by the harm that its misuse could do."""

    takes = serializers.GradeDatasetIn
    gives = serializers.DatasetOut
    scope = Scope.TRADE

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Dataset:
        impacts = [
            Impact(HarmedObject(impact["object"]), HarmDegree(impact["degree"]))
            for impact in data["impacts"]
        ]
        return grade_dataset(ids["pk"], impacts=impacts, negative_list=data["negative_list"], by=by)


class DatasetReview(ThingView):
    """What a reviewer compares: a dataset beside what was approved of it."""

    gives = serializers.DatasetReviewOut
    operation = "get_dataset_review"
    summary = "Get what a reviewer compares of a dataset"

    def thing(self, by: Actor, **ids: UUID) -> Compared:
        dataset = visible(datasets_visible_to(by), pk=ids["pk"])
        check_look_at_review(dataset, by)
        return compared_to_approved(dataset)
