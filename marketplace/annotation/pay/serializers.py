from marketplace.annotation.batch.models import Annotator
from marketplace.web.bounded import serializers


class LabelPayOut(serializers.ModelSerializer[Annotator]):
    """What was paid for the labels of one annotator in one project."""

    project = serializers.CharField(source="project.title")
    annotator = serializers.CharField(source="pseudonym")
    batches = serializers.IntegerField(source="paid_batches")
    items = serializers.IntegerField(source="paid_items")
    amount = serializers.DecimalField(source="paid_amount", max_digits=18, decimal_places=2)
    currency = serializers.CharField(source="project.currency")

    class Meta:
        model = Annotator
        fields = (
            *("id", "project", "annotator", "organization", "batches", "items", "amount"),
            "currency",
        )
