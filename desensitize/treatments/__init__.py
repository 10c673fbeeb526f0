"""Treatments: what could be done to a table, what each keeps of it, and who gets how far."""

from desensitize.treatments.advising import Advice, advise
from desensitize.treatments.steps import Step, apply_steps
from desensitize.treatments.treatment import Treatment, Tried
from desensitize.treatments.trying import try_treatments
from desensitize.treatments.usefulness import Usefulness

__all__ = [
    "Advice",
    "Step",
    "Treatment",
    "Tried",
    "Usefulness",
    "advise",
    "apply_steps",
    "try_treatments",
]
