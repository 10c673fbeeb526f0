from marketplace.catalog.dataset.serializers import DatasetOut
from marketplace.catalog.pages.acts import acts_on_dataset
from marketplace.web.serializers import ActsField


class OneDatasetOut(DatasetOut):
    """A dataset with the acts on it that are open, and why the others are not."""

    acts = ActsField(acts_on_dataset)

    class Meta(DatasetOut.Meta):
        fields: tuple[str, ...] = (*DatasetOut.Meta.fields, "acts")
