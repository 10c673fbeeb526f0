"""In which formats labels are taken out."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from marketplace.annotation.formats.splits import SplitBy
from marketplace.core.choices import named_in_api


class LabelFormat(TextChoices):
    LABEL_STUDIO = "label_studio", _("Label Studio: tasks and configuration (ZIP)")
    TC609 = "tc609", _("High-quality dataset, TC609-5-2025 (JSONL)")
    CROISSANT = "croissant", _("Croissant 1.1 with its Parquet file (ZIP)")
    PARQUET = "parquet", _("Parquet")


@named_in_api()
class LabelSplit(TextChoices):
    """What keeps the parts for training, validation and test apart."""

    STRATUM = SplitBy.STRATUM.value, _("By class: each part has its share of every one")
    GROUP = SplitBy.GROUP.value, _("By group: what has one value stays together")
    TIME = SplitBy.TIME.value, _("By time: the latest are for the test")
