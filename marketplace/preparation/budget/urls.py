from django.urls import URLPattern

from marketplace.catalog.version.selectors import versions_visible_to
from marketplace.preparation.budget.selectors import spending_of
from marketplace.preparation.budget.serializers import PrivacyBudgetOut
from marketplace.web.api import thing_view

urlpatterns: list[URLPattern] = []

api_patterns = [
    thing_view(
        "preparations/<uuid:pk>/budget/",
        versions_visible_to,
        shown=spending_of,
        operation="get_privacy_budget",
        gives=PrivacyBudgetOut,
        summary="Get the privacy budget of a dataset",
        about="The privacy budget that all versions, copies, models and sandboxes of a dataset "
        "share.",
    ),
]
