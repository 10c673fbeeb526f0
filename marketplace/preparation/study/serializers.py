from marketplace.preparation.study.models import Study
from marketplace.web.bounded import serializers


class StudyOut(serializers.ModelSerializer[Study]):
    """What a run that only looks was asked, and its answer, empty until the run is done.

    Policies in the question are without the values that their levels list.
    """

    question = serializers.JSONField(source="asked")
    answer = serializers.JSONField()

    class Meta:
        model = Study
        fields = ("run", "question", "digest", "answer", "created_at")
