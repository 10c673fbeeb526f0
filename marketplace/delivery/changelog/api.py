"""The API of the changelog of a grant."""

from __future__ import annotations

from marketplace.delivery.changelog.selectors import changelog_of
from marketplace.delivery.changelog.serializers import ChangelogOut
from marketplace.delivery.grant.selectors import grants_visible_to
from marketplace.web.api import thing_view

GrantChangelog = thing_view(
    grants_visible_to,
    operation="get_grant_changelog",
    gives=ChangelogOut,
    shown=lambda grant: {"lines": changelog_of(grant)},
    summary="Get what happened to what was bought",
    about="Revisions, what was late, and when access was suspended, came back or ended.",
)
