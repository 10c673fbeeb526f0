"""By which families a buyer may have an offer measured."""

from marketplace.core.choices import named_in_api
from marketplace.learning.run.choices import FamilyChoice

FAMILIES = named_in_api("MeasuredFamily")(
    [(family.value, family.label) for family in FamilyChoice if family != FamilyChoice.WORDS]
)
"""Declared words carry noise of their own, so that they would measure the noise twice."""
