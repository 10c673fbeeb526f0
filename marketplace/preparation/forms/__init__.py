"""The forms of the preparation pages."""

from marketplace.preparation.forms.choosing import chosen_level, chosen_point
from marketplace.preparation.forms.comparison import ComparisonForm
from marketplace.preparation.forms.hierarchy import HierarchyForm
from marketplace.preparation.forms.policy import PolicyForm
from marketplace.preparation.forms.reasons import DestroyForm, ReasonForm

__all__ = [
    "ComparisonForm",
    "DestroyForm",
    "HierarchyForm",
    "PolicyForm",
    "ReasonForm",
    "chosen_level",
    "chosen_point",
]
