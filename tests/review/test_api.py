"""The queue and the cases by program."""

from __future__ import annotations

from marketplace.catalog.approval.services import return_dataset
from tests.conftest import ApiClients
from tests.given.catalog import submitted_dataset
from tests.given.world import World


def test_the_queue_is_oldest_first_and_says_who_may_decide(
    world: World, api_of: ApiClients
) -> None:
    """Each reader has the cases they may see; who submits decides nothing."""
    subjects = [f"dataset:{submitted_dataset(world).pk}" for _number in range(2)]
    for person, decides in (("reviewer", True), ("auditor", False), ("officer", False)):
        rows = api_of(person).get("/api/v1/review/queue/").json()["results"]
        assert [row["subject"] for row in rows] == subjects
        assert [row["may_decide"] for row in rows] == [decides] * 2
    assert api_of("stranger").get("/api/v1/review/queue/").json()["results"] == []


def test_a_decided_case_leaves_the_queue(world: World, api_of: ApiClients) -> None:
    """It is kept with its reason, for the party and the centre."""
    dataset = submitted_dataset(world)
    return_dataset(dataset.pk, reason="Which lines?", by=world.actor("reviewer"))
    assert api_of("reviewer").get("/api/v1/review/queue/").json()["results"] == []
    (row,) = api_of("officer").get("/api/v1/review/cases/").json()["results"]
    assert (row["state"], row["reason"], row["may_decide"]) == ("returned", "Which lines?", False)
    assert api_of("reviewer").get(f"/api/v1/review/cases/{row['id']}/").json() == row
    assert api_of("stranger").get("/api/v1/review/cases/").json()["results"] == []
