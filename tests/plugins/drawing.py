"""`@pytest.mark.drawn(MOST)`: of a test's many cases each run draws some, and the campaign has all.

With `of="what they are"` they are drawn from the cases of all tests that say the same: long ones,
of which each shows something of its own, take turns. They are drawn by the seed of the run, as all
that a short search leaves out. Whoever names a case gets it, and `--short` draws nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from random import Random
from typing import Any

import pytest


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave what is not drawn to the campaign, before marks decide on what runs."""
    if config.getoption("--short"):
        return
    wanted = str(config.option.markexpr)
    is_campaign = "campaign" in wanted and "not campaign" not in wanted
    named = {argument for argument in config.args if "::" in argument}
    for cases, most in cases_of(items):
        kept = set() if is_campaign else drawn(cases, most, config.option.hypothesis_seed)
        for case in cases:
            if case.nodeid not in kept | named:
                case.add_marker(pytest.mark.campaign)


def cases_of(items: Iterable[pytest.Item]) -> list[tuple[list[pytest.Item], int]]:
    """Return the cases of each test or kind that are drawn from, and how many of them at most."""
    found: dict[str, list[pytest.Item]] = {}
    most: dict[str, int] = {}
    for item in items:
        mark = item.get_closest_marker("drawn")
        if mark is not None:
            pool = mark.kwargs.get("of") or item.nodeid.partition("[")[0]
            found.setdefault(pool, []).append(item)
            most[pool] = int(mark.args[0])
    return [(cases, most[pool]) for pool, cases in found.items()]


def drawn(cases: Sequence[Any], most: int, seed: object) -> set[str]:
    """Return the ids of as many cases as may run: others with another seed."""
    ids = sorted(case.nodeid for case in cases)
    test = ids[0].partition("[")[0]
    return set(Random(f"{seed} {test}").sample(ids, min(most, len(ids))))
