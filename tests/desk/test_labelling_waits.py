"""Whoever has to do something where records are labelled finds it on their desk."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from marketplace.desk.selectors.labelling import LABELLING
from marketplace.desk.selectors.waiting import tasks_of
from tests.given import annotation as given
from tests.given.world import World

PEOPLE = ("annotator", "second_annotator", "other_annotator", "officer", "stranger", "reviewer")
OWN = {str(one.what) for one in LABELLING}
TAKE, MEND, GO_ON = "Take a batch of items", "Mend a batch that came back", "Go on with a batch"
GO_ON += " of items"
INSPECT, DECIDE, MAKE = "Inspect a batch of labels", "Decide what an item is", "Make a labelled set"
BOTH = {"annotator": {TAKE}, "second_annotator": {TAKE}}


def labelled_whole(world: World) -> object:
    """Return a project of which every item is labelled and decided on."""
    return given.decided(world)


CASES: dict[str, tuple[Callable[[World], object], dict[str, set[str]]]] = {
    "draft": (given.drafted, {}),
    "open": (given.published, BOTH),
    "paused": (given.paused, {}),
    "begun": (given.begun, {**BOTH, "annotator": {GO_ON}}),
    "handed in": (given.sent_in, {**BOTH, "officer": {INSPECT}}),
    "returned": (given.returned, {**BOTH, "annotator": {MEND}}),
    "disputed": (given.disputed, {"officer": {DECIDE}}),
    "labelled whole": (labelled_whole, {"officer": {MAKE}}),
    "set made": (given.made, {}),
    "rows withdrawn": (given.of_withdrawn, {}),
}


def seen(world: World, person: str) -> set[str]:
    """Return what of labelling waits for somebody."""
    return {str(task.what) for task in tasks_of(world.actor(person), [])} & OWN


@pytest.mark.parametrize("state", CASES)
def test_what_waits_is_on_the_desk_of_whom_it_waits_for(state: str, world: World) -> None:
    """And of nobody else."""
    reach, expected = CASES[state]
    given.services(world)
    reach(world)
    found = {person: seen(world, person) for person in PEOPLE}
    assert {person: what for person, what in found.items() if what} == expected
