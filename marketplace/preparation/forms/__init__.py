"""The forms of the preparation pages."""

from marketplace.preparation.forms.choosing import chosen_level, chosen_treatment
from marketplace.preparation.forms.comparison import ComparisonForm
from marketplace.preparation.forms.hierarchy import HierarchyForm
from marketplace.preparation.forms.looks import LookForm
from marketplace.preparation.forms.policy import PolicyForm
from marketplace.preparation.forms.reasons import DestroyForm, ReasonForm
from marketplace.preparation.forms.roles import RolesForm

__all__ = [
    "ComparisonForm",
    "DestroyForm",
    "HierarchyForm",
    "LookForm",
    "PolicyForm",
    "ReasonForm",
    "RolesForm",
    "chosen_level",
    "chosen_treatment",
]
