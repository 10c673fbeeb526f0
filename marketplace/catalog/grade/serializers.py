from marketplace.catalog.dataset.serializers import ImpactIO
from marketplace.catalog.grade.services import grade_dataset
from marketplace.web.taking import ActSerializer


class GradeDatasetIn(ActSerializer):
    """From what a grade follows."""

    takes = staticmethod(grade_dataset)
    impacts = ImpactIO(many=True)
