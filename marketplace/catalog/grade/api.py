from typing import Any

from marketplace.catalog.dataset.grading import HarmDegree, HarmedObject, Impact
from marketplace.catalog.dataset.models import Dataset
from marketplace.catalog.dataset.serializers import DatasetOut
from marketplace.catalog.grade.serializers import GradeDatasetIn
from marketplace.catalog.grade.services import grade_dataset
from marketplace.core import Actor, Scope
from marketplace.web.api import ActView


class GradeDataset(ActView):
    """Grade a dataset by the harm that its misuse could do."""

    takes = GradeDatasetIn
    gives = DatasetOut
    scope = Scope.TRADE

    def act(self, by: Actor, data: dict[str, Any], **ids: Any) -> Dataset:
        impacts = [
            Impact(HarmedObject(impact["object"]), HarmDegree(impact["degree"]))
            for impact in data["impacts"]
        ]
        return grade_dataset(ids["pk"], impacts=impacts, negative_list=data["negative_list"], by=by)
