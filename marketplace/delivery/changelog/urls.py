from django.urls import path

from marketplace.delivery.changelog import views
from marketplace.delivery.changelog.selectors import changelog_of
from marketplace.delivery.changelog.serializers import ChangelogOut
from marketplace.delivery.grant.selectors import grants_visible_to
from marketplace.web.api import thing_view

urlpatterns = [
    path("grants/<uuid:pk>/changelog/", views.grant_changelog, name="grant_changelog"),
]

api_patterns = [
    thing_view(
        "grants/<uuid:pk>/changelog/",
        grants_visible_to,
        operation="get_grant_changelog",
        gives=ChangelogOut,
        shown=lambda grant: {"lines": changelog_of(grant)},
        summary="Get what happened to what was bought",
        about="Revisions, what was late, and when access was suspended, came back or ended.",
    ),
]
