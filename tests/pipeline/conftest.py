"""What holds after every test of the pipeline."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from marketplace.notices.kinds import KINDS
from marketplace.notices.models import Notice
from marketplace.notices.readers import readers_of


@pytest.fixture(autouse=True)
def _readers_are_those_who_are_told(request: pytest.FixtureRequest) -> Iterator[None]:
    """Whoever was told of a thing finds its kind among those that they can choose."""
    has_people = "world" in request.fixturenames
    if has_people:
        # Set up before this fixture is, so that its database is there when this one ends.
        request.getfixturevalue("world")
    yield
    if not has_people:
        return
    for notice in Notice.objects.select_related("person__organization"):
        roles = frozenset(notice.person.role_grants.values_list("role", flat=True))
        organization = notice.person.organization
        kind = organization.kind if organization else ""
        assert KINDS[notice.kind].can_reach(readers_of(roles, organization_kind=kind)), (
            f"{notice.person} is told of {notice.kind}, which its audiences do not say."
        )
