from django.urls import URLPattern, path

from marketplace.preparation.budget import api

urlpatterns: list[URLPattern] = []

api_patterns = [
    path(
        "preparations/<uuid:pk>/budget/",
        api.DatasetBudget.as_view(),
        name="api_get_privacy_budget",
    ),
]
