"""Rules that are asked twice: by the act that they refuse, and by whoever offers the act.

A rule takes a thing and an actor, and raises the refusal that the act would give. An act calls it
after its lock; pages, the API and the desk ask `allowed` for all rules of a noun. So what is
offered is what is accepted, and no door decides anything.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar

from marketplace.core.actor import Actor
from marketplace.core.errors import Refusal
from marketplace.core.reading import reading

Thing = TypeVar("Thing")
Rule = Callable[[Thing, Actor], object]


PAGES: dict[str, Rule[Any]] = {}
"""The rule that opens a page, by the name of its address, where pages of apps below lead there."""


def opens(*routes: str) -> Callable[[Rule[Thing]], Rule[Thing]]:
    """Say which pages a rule opens.

    An app imports nothing above it: so its pages ask for a page above by the name of its address.
    """

    def named(rule: Rule[Thing]) -> Rule[Thing]:
        PAGES.update(dict.fromkeys(routes, rule))
        return rule

    return named


class Allowed(Mapping[str, bool]):
    """Which acts on a thing are open to an actor now, by the name of the act.

    In a template `acts.accept_order` says whether, and `acts.why.accept_order` why not.
    """

    def __init__(self, refusals: Mapping[str, Refusal | None]) -> None:
        self._refusals = refusals

    def __getitem__(self, act: str) -> bool:
        return self._refusals[act] is None

    def __iter__(self) -> Iterator[str]:
        return iter(self._refusals)

    def __len__(self) -> int:
        return len(self._refusals)

    @property
    def why(self) -> dict[str, str]:
        """The sentences of the refusals, of those acts that are not open."""
        return {act: each.sentence for act, each in self._refusals.items() if each is not None}

    def as_json(self) -> dict[str, dict[str, Any]]:
        """Return what the API says of each act: `allowed`, and else `code` and `detail`."""
        return {
            act: {"allowed": True}
            if refusal is None
            else {"allowed": False, "code": refusal.code, "detail": refusal.sentence}
            for act, refusal in self._refusals.items()
        }


def allowed(rules: Mapping[str, Rule[Thing]], thing: Thing, by: Actor) -> Allowed:
    """Return which of the acts would not be refused to the actor, and why the others would."""
    with reading():
        return Allowed({act: _refusal_of(rule, thing, by) for act, rule in rules.items()})


def is_open(rule: Rule[Thing], thing: Thing, by: Actor) -> bool:
    """Return whether the act of a rule would not be refused to the actor."""
    return _refusal_of(rule, thing, by) is None


def _refusal_of(rule: Rule[Thing], thing: Thing, by: Actor) -> Refusal | None:
    try:
        rule(thing, by)
    except Refusal as refusal:
        return refusal
    return None
