"""The life of a claim against the published procedure; all pairs are tested for every machine."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from marketplace.rights.claim.states import CLAIM, COMPLETABLE, PUBLIC, RUNNING, ClaimState

PROCEDURE: dict[str, Any] = json.loads(
    (Path(__file__).parent / "vectors" / "state_machines.json").read_text(encoding="utf-8")
)["property_right"]


def test_the_states_are_those_of_the_procedure() -> None:
    """And two of the centre's own: a claim that was taken back, and one that a change replaced."""
    own = ["WITHDRAWN", "SUPERSEDED"]
    assert [state.name for state in ClaimState] == [*PROCEDURE["states"], *own]
    assert next(iter(ClaimState)).name == PROCEDURE["initial"]


def test_the_moves_are_those_of_the_procedure() -> None:
    """And taking a claim back before it is deposited, and the two ends of what rests on a
    certificate: replaced by a change, and cancelled with the right."""
    published = {(start, end) for start, _event, end, _clock in PROCEDURE["transitions"]}
    moves = {(start.name, end.name) for start, ends in CLAIM.moves.items() for end in ends}
    assert published <= moves
    before_deposit = {state.upper() for state in RUNNING} - {"DEPOSITED"}
    own = {("CERTIFIED", "SUPERSEDED"), ("DEPOSITED", "CANCELLED")}
    assert moves - published == {(state, "WITHDRAWN") for state in before_deposit} | own


def test_the_groups_of_states_say_what_they_mean() -> None:
    """A claim that the register has finished with, or published, is not completed by anybody."""
    assert COMPLETABLE < RUNNING
    assert not COMPLETABLE & PUBLIC
    assert all(not CLAIM.is_final(state) for state in RUNNING)
