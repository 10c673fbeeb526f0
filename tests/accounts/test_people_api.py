"""People by program: whom an organization has, and what they may do."""

from __future__ import annotations

import pytest

from tests.conftest import ApiClients
from tests.given.world import World


@pytest.mark.parametrize(
    ("person", "reads"),
    [
        ("officer", {"officer", "colleague", "finance"}),
        ("stranger", {"stranger"}),
        ("pending", {"pending"}),
    ],
)
def test_people_are_found_to_set_their_roles(
    world: World, api_of: ApiClients, person: str, reads: set[str]
) -> None:
    """Of one's own organization, with the id that `set_roles` asks for."""
    rows = api_of(person).get("/api/v1/people/").json()["results"]
    assert {row["email"].partition("@")[0] for row in rows} == reads
    assert {row["id"] for row in rows} == {str(world.person(name).pk) for name in reads}


def test_roles_are_set_by_program_alone(world: World, api_of: ApiClients) -> None:
    """From the list to the act, without a page."""
    officer = api_of("officer")
    rows = officer.get("/api/v1/people/").json()["results"]
    (colleague,) = (row["id"] for row in rows if row["email"] == "colleague@example.org")
    answer = officer.post(
        f"/api/v1/people/{colleague}/set-roles/", {"roles": ["buyer"]}, format="json"
    )
    assert answer.status_code == 200, answer.content
    assert answer.json()["roles"] == ["buyer"]
