from typing import Any
from uuid import UUID

from marketplace.catalog.version.selectors import versions_visible_to
from marketplace.core import Actor, visible
from marketplace.preparation.budget.selectors import budget_of, charges_of
from marketplace.preparation.budget.serializers import PrivacyBudgetOut
from marketplace.web.api import ThingView

NEWEST = 100


class DatasetBudget(ThingView):
    """The privacy budget that all versions, copies, models and sandboxes of a dataset share."""

    gives = PrivacyBudgetOut
    operation = "get_privacy_budget"
    summary = "Get the privacy budget of a dataset"

    def thing(self, by: Actor, **ids: UUID) -> dict[str, Any]:
        dataset_id = visible(versions_visible_to(by), pk=ids["pk"]).dataset_id
        charges = list(charges_of(dataset_id)[:NEWEST])
        return {"state": budget_of(dataset_id), "charges": charges}
