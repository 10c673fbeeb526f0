from marketplace.annotation.acceptance.models import Inspection
from marketplace.annotation.arbitration.models import Arbitration, Doubt
from marketplace.annotation.batch.models import Annotator, Batch, ItemLook, Label, Task
from marketplace.annotation.labelled_set.models import LabelledSet
from marketplace.annotation.look.models import RowLook
from marketplace.annotation.pay.models import Funding, LabelPay
from marketplace.annotation.project.models import Guideline, Item, LabellingProject
from marketplace.annotation.quality.models import LabelComparison

__all__ = [
    "Annotator",
    "Arbitration",
    "Batch",
    "Doubt",
    "Funding",
    "Guideline",
    "Inspection",
    "Item",
    "ItemLook",
    "Label",
    "LabelComparison",
    "LabelPay",
    "LabelledSet",
    "LabellingProject",
    "RowLook",
    "Task",
]
