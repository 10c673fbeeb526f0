"""State machines as data: which state may follow which."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Generic, Protocol, TypeVar

from django.db.models import TextChoices
from django.utils.translation import gettext as _

from marketplace.core.errors import WrongState

StateType = TypeVar("StateType", bound=TextChoices)

MACHINES: dict[str, StateMachine[Any]] = {}
"""Every machine by name, for the tests over all pairs of states and the reference page."""


class Stateful(Protocol):
    """Anything with a state."""

    state: str


class StateMachine(Generic[StateType]):
    """The allowed moves of one kind of thing. Only `move` assigns `.state`."""

    def __init__(
        self,
        name: str,
        states: type[StateType],
        moves: Mapping[StateType, frozenset[StateType] | set[StateType]],
    ) -> None:
        self.name = name
        self.states = states
        self.moves: dict[StateType, frozenset[StateType]] = {
            state: frozenset(moves.get(state, frozenset())) for state in states
        }
        MACHINES[name] = self

    def may_move(self, current: str, target: StateType) -> bool:
        """Return whether `target` may follow `current`."""
        return target in self.moves[self.states(current)]

    def check(self, thing: Stateful, target: StateType) -> None:
        """Refuse a move that the table does not know.

        Raises:
            WrongState: `target` does not follow the present state.
        """
        if not self.may_move(thing.state, target):
            raise WrongState(
                _("This is “%(now)s” and cannot become “%(then)s”. Reload the page.")
                % {"now": self.states(thing.state).label, "then": target.label}
            )

    def move(self, thing: Stateful, target: StateType) -> None:
        """Assign the state, or refuse.

        Raises:
            WrongState: `target` does not follow the present state.
        """
        self.check(thing, target)
        thing.state = target

    def is_final(self, state: str) -> bool:
        """Return whether nothing follows the state."""
        return not self.moves[self.states(state)]
