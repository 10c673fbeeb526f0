from typing import Any

from marketplace.appraisal.ceiling.models import PriceCeiling
from marketplace.appraisal.ceiling.rules import Permitted
from marketplace.web.taking import ActForm


class CeilingForm(ActForm):
    """What a period costs, and the licences that are expected."""

    takes = staticmethod(Permitted)

    def permitted(self) -> Permitted:
        return Permitted(**self.taken())

    @classmethod
    def values_of(cls, ceiling: PriceCeiling) -> dict[str, Any]:
        return {name: getattr(ceiling, name) for name in cls.form_fields()}
