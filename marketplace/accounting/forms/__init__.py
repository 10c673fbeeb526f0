"""Forms of the accounting pages."""

from marketplace.accounting.forms.costs import (
    BookingChecklistForm,
    BookingReasonForm,
    CostForm,
    ImpairmentForm,
    RecognitionForm,
    StandardForm,
)
from marketplace.accounting.forms.planning import OPERATIONS, PlanForm

__all__ = [
    "OPERATIONS",
    "BookingChecklistForm",
    "BookingReasonForm",
    "CostForm",
    "ImpairmentForm",
    "PlanForm",
    "RecognitionForm",
    "StandardForm",
]
