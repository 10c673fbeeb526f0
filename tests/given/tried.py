"""Acts that are tried and taken back, to compare what is accepted with what is offered."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable, Mapping
from functools import cache, partial
from inspect import signature
from uuid import UUID

from django.db import transaction

from marketplace.core.actor import Actor
from marketplace.core.errors import Refusal
from marketplace.ledger.models import Entry
from tests.given.doors import DoorCase
from tests.given.gathered import CASES

WHY = "For a reason."


class Undone(Exception):
    """Take everything back that was tried."""


def accepts(act: Callable[[], object]) -> bool:
    """Return whether an act goes through and does something; nothing of it stays."""
    entries = Entry.objects.count()
    happened = False
    try:
        with transaction.atomic():
            act()
            happened = Entry.objects.count() > entries
            raise Undone
    except (Refusal, Undone):
        return happened


def accepted_acts(
    offered: Iterable[str], pk: UUID, by: Actor, more: Mapping[str, bool] | None = None
) -> dict[str, bool]:
    """Return which acts on a thing are accepted.

    offered: their names, such as the noun's mapping has.
    more: what came of trying those that take more than a reason; the others are tried here.
    """
    more = more or {}
    simple = {name: simple_act(name) for name in offered if name not in more}
    return {**{name: accepts(partial(act, pk, by=by)) for name, act in simple.items()}, **more}


@cache
def simple_act(name: str) -> Callable[..., object]:
    """Return the act of a `DoorCase` that takes nothing, or a reason, which it is given."""
    cases = [case for case in CASES if case.act.rpartition(".")[2] == name]
    assert len(cases) == 1, (
        f"give {name} a DoorCase in tests/<app>/doors.py; where it has several, try it in the test"
    )
    assert takes_a_reason_at_most(cases[0]), f"{name} takes more than a reason: try it in the test"
    act = act_of(cases[0])
    return partial(act, reason=WHY) if "reason" in signature(act).parameters else act


def takes_a_reason_at_most(case: DoorCase) -> bool:
    """Return whether an act takes a thing and who acts, and besides nothing or a reason."""
    thing, *taken = signature(act_of(case)).parameters.values()
    return thing.kind is not thing.KEYWORD_ONLY and {one.name for one in taken} <= {"reason", "by"}


def act_of(case: DoorCase) -> Callable[..., object]:
    """Return the act of a case."""
    module, _dot, name = case.act.rpartition(".")
    act: Callable[..., object] = getattr(importlib.import_module(f"marketplace.{module}"), name)
    return act
