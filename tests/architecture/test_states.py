"""Every state machine over all pairs of states."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from marketplace.core.errors import WrongState
from marketplace.core.states import MACHINES

PAIRS = [
    (name, current, target)
    for name, machine in sorted(MACHINES.items())
    for current in machine.moves
    for target in machine.moves
]


@pytest.mark.parametrize(("name", "current", "target"), PAIRS)
def test_pair(name: str, current: str, target: str) -> None:
    """The table decides, and a refused move leaves the state as it was."""
    machine = MACHINES[name]
    thing = SimpleNamespace(state=current)
    if target in machine.moves[machine.states(current)]:
        machine.move(thing, machine.states(target))
        assert thing.state == target
    else:
        with pytest.raises(WrongState, match="cannot become"):
            machine.move(thing, machine.states(target))
        assert thing.state == current


@pytest.mark.parametrize("name", sorted(MACHINES))
def test_every_state_can_be_reached(name: str) -> None:
    """From the first one, so no state is dead."""
    machine = MACHINES[name]
    first = next(iter(machine.moves))
    reached, waiting = {first}, [first]
    while waiting:
        for state in machine.moves[waiting.pop()]:
            if state not in reached:
                reached.add(state)
                waiting.append(state)
    assert reached == set(machine.moves)
