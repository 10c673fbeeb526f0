from django.urls import URLPattern, path

from marketplace.delivery.changes import api

urlpatterns: list[URLPattern] = []

api_patterns = [
    path(
        "grants/<uuid:pk>/changes/",
        api.GrantChanges.as_view(),
        name="api_get_grant_changes",
    ),
]
