from uuid import UUID

from marketplace.catalog.approval.reviewing import Compared, compared_to_approved
from marketplace.catalog.approval.rules import check_look_at_review
from marketplace.catalog.approval.serializers import DatasetReviewOut
from marketplace.catalog.dataset.selectors import datasets_visible_to
from marketplace.core import Actor, visible
from marketplace.web.api import ThingView


class DatasetReview(ThingView):
    """What a reviewer compares: a dataset beside what was approved of it."""

    gives = DatasetReviewOut
    operation = "get_dataset_review"
    summary = "Get what a reviewer compares of a dataset"

    def thing(self, by: Actor, **ids: UUID) -> Compared:
        dataset = visible(datasets_visible_to(by), pk=ids["pk"])
        check_look_at_review(dataset, by)
        return compared_to_approved(dataset)
